package org.jsupervisor.log;

import java.nio.ByteBuffer;

/** Finds newlines, eight bytes at a time. */
final class Newlines {
  private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Newlines() {}

  /** Where the first one is, from there on; {@code limit} if there is none. */
  static int first(ByteBuffer littleEndian, int from, int limit) {
    int at = from;
    for (; at <= limit - Long.BYTES; at += Long.BYTES) {
      // A byte that is a newline becomes zero. Where a zero byte is, subtracting sets its high bit;
      // a borrow can set wrong bits only above it, and the lowest is the one that counts.
      long zeroIfNewline = littleEndian.getLong(at) ^ NEWLINES;
      long found = (zeroIfNewline - LOW_BITS) & ~zeroIfNewline & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < limit && littleEndian.get(at) != '\n') {
      at++;
    }
    return at;
  }

  /** Behind the last one before the limit; {@code from} if there is none. */
  static int afterLast(ByteBuffer bytes, int from, int limit) {
    int at = limit;
    while (at > from && bytes.get(at - 1) != '\n') {
      at--;
    }
    return at;
  }
}
