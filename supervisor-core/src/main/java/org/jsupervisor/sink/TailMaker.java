package org.jsupervisor.sink;

import org.jsupervisor.log.TailSink;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.SinkMaker;

/** Keeps so many lines in memory. */
public record TailMaker(int lines) implements SinkMaker {
  private static final int BYTES_FOR_EACH = 1024;

  @Override
  public OutputSink make() {
    return TailSink.of(lines, lines * BYTES_FOR_EACH);
  }

  @Override
  public String name() {
    return "tail of " + lines + " lines";
  }
}
