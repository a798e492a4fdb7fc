package org.jsupervisor.core.internal.output;

import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSource;

/** What waits in a backlog, in its order. */
sealed interface Piece {
  /** Who has written it, or has lost it, or has ended. */
  OutputSource source();

  /** Output. The buffer's position moves as it is delivered. */
  record Bytes(OutputSource source, ByteBuffer bytes) implements Piece {}

  /** So many bytes were dropped here. */
  record Gap(OutputSource source, long lostBytes) implements Piece {}

  /** Nothing more comes of this source. */
  record Ended(OutputSource source) implements Piece {}
}
