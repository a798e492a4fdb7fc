package org.jsupervisor.spec;

import java.nio.file.Path;

/**
 * What happens when a destination is slower than the child, or fails. Every byte that is not kept
 * is counted, reported, and marked in the destination if it can.
 */
public sealed interface BackPressure {
  /**
   * The child waits at its next write until the destination is able to go on (the default of log
   * directories, as svlogd and {@code s6-log -b}). Nothing is lost while the host lives; a full
   * disk stops the child, and it goes on when there is room.
   */
  record Block() implements BackPressure {}

  /**
   * The child waits while the destination is slow; what the destination refuses is lost (the
   * default of sinks of the embedder's).
   */
  record LoseRefused() implements BackPressure {}

  /**
   * The child never waits: the destination has a buffer and a thread that empties it; when it is
   * full, something is dropped.
   *
   * @param dropped what goes
   * @param budgetBytes the size of the buffer, {@value #MEMORY_BYTES_MIN} to {@value
   *     #MEMORY_BYTES_MAX}
   */
  record Drop(End dropped, long budgetBytes) implements BackPressure {
    public Drop {
      Problems.requireRange(
          "back-pressure: budget", budgetBytes, MEMORY_BYTES_MIN, MEMORY_BYTES_MAX);
    }
  }

  /**
   * The child never waits: what does not fit into {@value #SPILL_MEMORY_BYTES} bytes of memory
   * waits in a file; when that is full, the newest is dropped. The file is no log: it is emptied
   * when the host ends or starts.
   *
   * @param file made when it is needed, in a directory that exists; belongs to one destination
   * @param budgetBytes the largest size of the file, {@value #MEMORY_BYTES_MIN} to {@value
   *     #SPILL_BYTES_MAX}
   */
  record Spill(Path file, long budgetBytes) implements BackPressure {
    public Spill {
      Problems.requireRange(
          "back-pressure: budget", budgetBytes, MEMORY_BYTES_MIN, SPILL_BYTES_MAX);
    }
  }

  /** Which end of a buffer. */
  enum End {
    /** What has waited longest. */
    OLDEST,
    /** What comes while it is full. */
    NEWEST
  }

  /** The smallest budget. */
  long MEMORY_BYTES_MIN = 64 << 10;

  /** The largest budget in memory. */
  long MEMORY_BYTES_MAX = 1 << 30;

  /** The largest budget on disk. */
  long SPILL_BYTES_MAX = 1L << 40;

  /** What waits in memory before a file is used. */
  long SPILL_MEMORY_BYTES = 256 << 10;

  /** The child waits. */
  static BackPressure block() {
    return new Block();
  }

  /** The child waits, unless the destination fails. */
  static BackPressure loseRefused() {
    return new LoseRefused();
  }

  /** What has waited longest is dropped. */
  static BackPressure dropOldest(long budgetBytes) {
    return new Drop(End.OLDEST, budgetBytes);
  }

  /** What comes while the buffer is full is dropped. */
  static BackPressure dropNewest(long budgetBytes) {
    return new Drop(End.NEWEST, budgetBytes);
  }

  /** What does not fit into memory waits in a file. */
  static BackPressure spill(Path file, long budgetBytes) {
    return new Spill(file, budgetBytes);
  }
}
