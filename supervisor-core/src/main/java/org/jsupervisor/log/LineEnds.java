package org.jsupervisor.log;

import java.util.Arrays;

/** The last ends of lines in a file that is read forwards: so many at most. Not thread-safe. */
final class LineEnds {
  private static final int FIRST_SIZE = 64;

  private final int sizeMax;
  private long[] offsets = new long[0];
  private int size;

  /** Where the next goes. */
  private int next;

  LineEnds(int sizeMax) {
    this.sizeMax = sizeMax;
  }

  void add(long offset) {
    if (size == offsets.length && size < sizeMax) {
      // Never gone round before, so the order is kept.
      int larger = (int) Math.min(sizeMax, Math.max(FIRST_SIZE, 2L * size));
      offsets = Arrays.copyOf(offsets, larger);
      next = size;
    }
    offsets[next] = offset;
    next = (next + 1) % offsets.length;
    size = Math.min(size + 1, offsets.length);
  }

  boolean isEmpty() {
    return size == 0;
  }

  long takeLast() {
    next = (next - 1 + offsets.length) % offsets.length;
    size--;
    return offsets[next];
  }
}
