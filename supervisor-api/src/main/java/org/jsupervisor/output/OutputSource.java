package org.jsupervisor.output;

import org.jsupervisor.process.Incarnation;

/**
 * Who wrote the bytes.
 *
 * @param incarnation the run whose pipe they came from; a grandchild of it may have written them
 * @param stream which of its pipes
 */
public record OutputSource(Incarnation incarnation, Stream stream) {
  /** What a pipe is connected to in the child. */
  public enum Stream {
    /** Stdout and stderr share the pipe, so their order is kept. */
    BOTH,
    /** Stdout only. */
    STDOUT,
    /** Stderr only. */
    STDERR
  }

  /** The pipe that stdout and stderr share. */
  public OutputSource(Incarnation incarnation) {
    this(incarnation, Stream.BOTH);
  }
}
