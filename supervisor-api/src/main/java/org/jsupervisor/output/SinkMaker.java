package org.jsupervisor.output;

/**
 * Makes the sink of one child, when its first run is launched: a description of a destination that
 * can be compared. Makers that are equal make sinks that do the same, so a definition that is read
 * again unchanged is unchanged; a record is one by itself. Immutable.
 */
public interface SinkMaker {
  /**
   * A new sink, which belongs to whoever has asked. On the engine's thread: touches no file, asks
   * no network, and does not block.
   *
   * @throws RuntimeException if it cannot be made: then output is lost, and this is told as why
   */
  OutputSink make();

  /** What operators know its sinks by; one short line. Any thread. */
  String name();
}
