package org.jsupervisor.spec;

import java.time.Duration;

/**
 * When a log file is brought from the memory of the kernel to the disk. What has been written
 * survives the end of the host in any case; this is about the end of the machine.
 */
public sealed interface LogSync {
  /** Whenever the kernel likes. Rotated files are named unsafe ({@code .u}). */
  record Never() implements LogSync {}

  /** When it is rotated, in the background, and when it is closed (the default). */
  record OnRotation() implements LogSync {}

  /**
   * Also at most so long after it was written, in the background.
   *
   * @param interval how much may be lost
   */
  record Every(Duration interval) implements LogSync {
    /**
     * Checks the time.
     *
     * @throws InvalidSpecException if it is not positive
     */
    public Every {
      Problems problems = new Problems();
      problems.requirePositive("log: time between syncs", interval);
      problems.throwIfAny();
    }
  }

  /** Also before any call that brings bytes returns: slow, and the child may have to wait. */
  record EveryWrite() implements LogSync {}

  /** Whenever the kernel likes. */
  static LogSync never() {
    return new Never();
  }

  /** When it is rotated or closed. */
  static LogSync onRotation() {
    return new OnRotation();
  }

  /** At most so long after it was written. */
  static LogSync every(Duration interval) {
    return new Every(interval);
  }

  /** At each write. */
  static LogSync everyWrite() {
    return new EveryWrite();
  }
}
