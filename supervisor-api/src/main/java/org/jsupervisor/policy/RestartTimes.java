package org.jsupervisor.policy;

import java.util.Arrays;

/**
 * The newest restart times, oldest first: at most {@link RestartHistory#RESTARTS_MAX}. Immutable.
 * They are kept in blocks that are shared with the list before, so that one more costs a block and
 * not the whole: a child that crashes without an end pays this at each of its restarts.
 */
final class RestartTimes {
  static final RestartTimes NONE = new RestartTimes(new long[0][], new long[0], 0);

  private static final int BLOCK = 16;

  /** Full ones. */
  private final long[][] blocks;

  /** The newest, fewer than a block. */
  private final long[] tail;

  private final int count;

  private RestartTimes(long[][] blocks, long[] tail, int count) {
    this.blocks = blocks;
    this.tail = tail;
    this.count = count;
  }

  int count() {
    return count;
  }

  /** From 0, the oldest, to {@code count() - 1}. */
  long at(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("restart " + index + " of " + count);
    }
    int full = blocks.length * BLOCK;
    int place = index + full + tail.length - count;
    return place < full ? blocks[place / BLOCK][place % BLOCK] : tail[place - full];
  }

  RestartTimes plus(long nanos) {
    long[] longer = Arrays.copyOf(tail, tail.length + 1);
    longer[tail.length] = nanos;
    int more = Math.min(count + 1, RestartHistory.RESTARTS_MAX);
    return longer.length < BLOCK
        ? new RestartTimes(blocks, longer, more)
        : new RestartTimes(plusBlock(longer), new long[0], more);
  }

  private long[][] plusBlock(long[] block) {
    int kept = Math.min(blocks.length, RestartHistory.RESTARTS_MAX / BLOCK - 1);
    long[][] more = Arrays.copyOfRange(blocks, blocks.length - kept, blocks.length + 1);
    more[kept] = block;
    return more;
  }

  /** Compares by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RestartTimes that && Arrays.equals(toArray(), that.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toArray());
  }

  private long[] toArray() {
    long[] all = new long[count];
    Arrays.setAll(all, this::at);
    return all;
  }
}
