package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jsupervisor.process.Incarnation;

/** What has happened on a simulated platform lately: the newest lines, made into text when read. */
final class PlatformTrace {
  private static final int LINES_MAX = 10_000;

  private final Deque<Line> lines = new ArrayDeque<>();

  void add(Duration at, String what, Incarnation run, String how) {
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast(new Line(at, what, run, how));
  }

  List<String> lines() {
    return lines.stream().map(Line::toString).toList();
  }

  private record Line(Duration at, String what, Incarnation run, String how) {
    @Override
    public String toString() {
      return at.toMillis() + " ms " + what + " " + run + how;
    }
  }
}
