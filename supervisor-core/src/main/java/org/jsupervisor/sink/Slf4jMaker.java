package org.jsupervisor.sink;

import java.lang.System.Logger.Level;
import org.jsupervisor.log.Slf4jSink;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.SinkMaker;

/** Hands lines to the logger of this name. */
public record Slf4jMaker(String logger, Level level) implements SinkMaker {
  @Override
  public OutputSink make() {
    return Slf4jSink.builder(logger).withLevel(level).build();
  }

  @Override
  public String name() {
    return "slf4j " + logger;
  }
}
