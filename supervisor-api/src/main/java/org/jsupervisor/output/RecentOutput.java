package org.jsupervisor.output;

import java.util.List;

/** A sink that keeps the last lines of a child where they can be looked at. */
public interface RecentOutput extends OutputSink {
  /**
   * A line, or its beginning.
   *
   * @param source who wrote it
   * @param text for people: without control characters, so that it is one line and moves no cursor
   */
  record RecentLine(OutputSource source, String text) {}

  /** The lines that are kept now, the oldest first; a copy. Any thread, at any time. */
  List<RecentLine> recentLines();
}
