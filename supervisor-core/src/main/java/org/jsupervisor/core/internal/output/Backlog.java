package org.jsupervisor.core.internal.output;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jsupervisor.output.OutputSource;

/**
 * What waits for a destination, in order, within a budget. What is dropped leaves a {@link
 * Piece.Gap} in its place, and is noted in a {@link LossTally}. Not thread-safe: its owner's lock
 * guards it.
 */
interface Backlog {
  /** Takes all of the bytes, or drops some, of these or of others. */
  void add(OutputSource source, ByteBuffer bytes);

  /** The source has ended. */
  void addEnd(OutputSource source);

  /** Takes out the oldest; empty if there is none. */
  Optional<Piece> next();

  /** How many bytes of output wait. */
  long waitingBytes();

  /** Forgets all, and releases what it holds. */
  void close();
}
