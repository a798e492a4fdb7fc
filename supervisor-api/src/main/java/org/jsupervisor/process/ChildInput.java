package org.jsupervisor.process;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The stdin of one run of a child, for the host to write. Bound to that run: it never leads to a
 * later one. Thread-safe; nothing here blocks. What several threads write is not mixed within one
 * call as long as it is not more than 4,096 bytes.
 */
public interface ChildInput extends AutoCloseable {
  /** Which run it is. */
  Incarnation incarnation();

  /**
   * Writes as much as the pipe takes at this moment, and moves the buffer's position behind it.
   *
   * @return how many bytes were taken, 0 if the pipe is full: the child does not read as fast; try
   *     again later. Empty if nobody will read any more: the run has ended or has closed its stdin,
   *     or the input was closed here or by a stop
   */
  OptionalInt write(ByteBuffer bytes);

  /** Ends it: the child reads what was written before, and then the end. Idempotent. */
  @Override
  void close();
}
