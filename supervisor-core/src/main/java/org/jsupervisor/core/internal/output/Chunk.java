package org.jsupervisor.core.internal.output;

import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSource;

/** Output of one source that is being joined. Not thread-safe. */
final class Chunk {
  private static final int BYTES_MAX = 16 << 10;
  private static final int BYTES_MIN = 512;

  /** What the objects around the bytes need, roughly. */
  private static final int OVERHEAD_BYTES = 128;

  /** So much room is needed for any chunk. */
  static final int MEMORY_BYTES_MIN = BYTES_MIN + OVERHEAD_BYTES;

  private final OutputSource source;
  private final ByteBuffer filled;

  private Chunk(OutputSource source, int capacity) {
    this.source = source;
    this.filled = ByteBuffer.allocate(capacity);
  }

  /** Small for a few bytes, for what comes in turns from two sources is never joined. */
  static Chunk of(OutputSource source, int wantedBytes, long memoryBytesMax) {
    long most = Math.min(BYTES_MAX, memoryBytesMax - OVERHEAD_BYTES);
    return new Chunk(source, (int) Math.min(most, Math.max(BYTES_MIN, wantedBytes)));
  }

  boolean takesOf(OutputSource other) {
    return source.equals(other) && filled.hasRemaining();
  }

  /** Takes as much as there is room for. */
  void fill(ByteBuffer bytes) {
    int length = Math.min(filled.remaining(), bytes.remaining());
    filled.put(filled.position(), bytes, bytes.position(), length);
    filled.position(filled.position() + length);
    bytes.position(bytes.position() + length);
  }

  OutputSource source() {
    return source;
  }

  int sizeBytes() {
    return filled.position();
  }

  int memoryBytes() {
    return filled.capacity() + OVERHEAD_BYTES;
  }

  /** It takes no more. */
  Piece.Bytes done() {
    return new Piece.Bytes(source, filled.flip());
  }
}
