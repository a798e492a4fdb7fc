package org.jsupervisor.jmx.internal;

import java.util.List;
import org.jsupervisor.jmx.ServiceLogMXBean;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;

/** The last lines of a child, for people: bounded in number, length and time. */
final class Tail {
  /** As long as {@link org.jsupervisor.Supervisor#loggedLines} reads them. */
  private static final int CHARACTERS_MAX = 4096;

  private Tail() {}

  /** From memory if there are so many, or no others; else from log directories. */
  static String[] of(Child child, int lines) {
    if (lines < 1 || lines > ServiceLogMXBean.LINES_MAX) {
      throw new IllegalArgumentException(
          "lines must be 1 to " + ServiceLogMXBean.LINES_MAX + ", was " + lines);
    }
    ChildId id = child.id();
    List<RecentOutput.RecentLine> kept = child.supervisor().recentOutput(id);
    if (kept.size() < lines) {
      List<LoggedLine> logged =
          Console.await(
              () -> child.supervisor().loggedLines(id, lines),
              ServiceLogMXBean.DISK_WAIT_SECONDS,
              "the log of '" + id + "' could not be read");
      if (!logged.isEmpty()) {
        return logged.stream().map(Tail::text).toArray(String[]::new);
      }
    }
    return kept.stream()
        .skip(Math.max(0, kept.size() - lines))
        .map(Tail::text)
        .toArray(String[]::new);
  }

  /** Those of one run that are kept in memory. */
  static String[] of(Child child, long incarnation) {
    if (incarnation < 1) {
      throw new IllegalArgumentException("incarnation must be at least 1, was " + incarnation);
    }
    List<RecentOutput.RecentLine> kept =
        child.supervisor().lastLines(new Incarnation(child.id(), incarnation));
    return kept.stream()
        .skip(Math.max(0, kept.size() - ServiceLogMXBean.LINES_MAX))
        .map(Tail::text)
        .toArray(String[]::new);
  }

  private static String text(LoggedLine line) {
    return line.time().map(time -> time + " ").orElse("") + cut(line.text());
  }

  private static String text(RecentOutput.RecentLine line) {
    return writer(line.source()) + ": " + cut(line.text());
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + " [cut]";
  }

  private static String writer(OutputSource source) {
    String run = source.incarnation().label();
    return switch (source.stream()) {
      case BOTH -> run;
      case STDOUT -> run + " stdout";
      case STDERR -> run + " stderr";
    };
  }
}
