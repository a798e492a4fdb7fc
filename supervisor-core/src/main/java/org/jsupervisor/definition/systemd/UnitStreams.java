package org.jsupervisor.definition.systemd;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jsupervisor.spec.FileStep.Redirect;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/** The directives of a unit that say what it reads and where its output goes. */
final class UnitStreams {
  private static final String INHERIT = "inherit";
  private static final Set<String> LOGS =
      Set.of("journal", "syslog", "kmsg", "journal+console", "syslog+console", "kmsg+console");

  private final Unit unit;
  private final ProcessSpec.Builder builder;
  private final OutputSpec.Route log;

  /** Streams of a child that has this log directory. */
  UnitStreams(Unit unit, ProcessSpec.Builder builder, Path directory) {
    this.unit = unit;
    this.builder = builder;
    this.log = OutputSpec.logged(LogSpec.of(directory));
  }

  /** Sets all of them. */
  void read() {
    input();
    String stdout = unit.text("StandardOutput").orElse("journal");
    String stderr = unit.text("StandardError").orElse(INHERIT);
    boolean isJoined = stderr.equals(INHERIT) || stderr.equals(stdout);
    OutputSpec.Route first = route("StandardOutput", stdout, Redirect.Stream.STDOUT);
    if (isJoined && !isFile(stdout)) {
      builder.withOutput(first);
      return;
    }
    OutputSpec.Route second =
        route("StandardError", isJoined ? stdout : stderr, Redirect.Stream.STDERR);
    boolean isSame = first.equals(second);
    builder.withOutput(isSame ? first : OutputSpec.separate(first, second));
  }

  private void input() {
    String stdin = unit.text("StandardInput").orElse("null");
    if (stdin.startsWith("file:")) {
      unit.attempt("StandardInput", () -> Redirect.input(path(stdin))).ifPresent(builder::addStep);
    } else if (!stdin.equals("null")) {
      unit.findings().problem(unit.place("StandardInput"), stdin, "must be null or file:PATH");
    }
  }

  private OutputSpec.Route route(String key, String written, Redirect.Stream stream) {
    if (isFile(written)) {
      unit.attempt(key, () -> redirect(written, stream)).ifPresent(builder::addStep);
      return OutputSpec.discarded();
    }
    if (written.equals("null")) {
      return OutputSpec.discarded();
    }
    if (LOGS.contains(written)) {
      unit.last(key)
          .ifPresent(
              line -> unit.findings().note(line.place(), written, "is a log directory here"));
    } else if (!(written.equals(INHERIT) && stream == Redirect.Stream.STDOUT)) {
      String rule = "must be journal, inherit, null, append:PATH or truncate:PATH";
      unit.findings().problem(unit.place(key), written, rule);
    } else {
      // What stdout inherits is stdin, which is nothing.
      return OutputSpec.discarded();
    }
    return log;
  }

  private static boolean isFile(String written) {
    return written.startsWith("append:") || written.startsWith("truncate:");
  }

  private static Redirect redirect(String written, Redirect.Stream stream) {
    return written.startsWith("append:")
        ? Redirect.append(stream, path(written))
        : Redirect.truncate(stream, path(written));
  }

  private static Path path(String written) {
    try {
      return Path.of(written.substring(written.indexOf(':') + 1));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("stream: must be a path", e);
    }
  }
}
