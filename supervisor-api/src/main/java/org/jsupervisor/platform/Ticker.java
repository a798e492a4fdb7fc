package org.jsupervisor.platform;

/** A monotonic clock. Readings may be negative or wrap: compare them by subtraction only. */
@FunctionalInterface
public interface Ticker {
  /** The time in nanoseconds since an arbitrary origin. Any thread. */
  long readNanos();

  /** {@link System#nanoTime}. */
  static Ticker system() {
    return System::nanoTime;
  }
}
