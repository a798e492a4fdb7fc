package org.jsupervisor.posix.internal.io;

import java.util.concurrent.TimeUnit;

/** Limits warnings that would repeat themselves: one a minute. Confined to who warns. */
final class Warnings {
  private static final long APART_NANOS = TimeUnit.MINUTES.toNanos(1);

  private boolean warned;
  private long warnedNanos;

  /** Whether one may be given now; then it is taken for given. */
  boolean isDue(long nowNanos) {
    if (warned && nowNanos - warnedNanos < APART_NANOS) {
      return false;
    }
    warned = true;
    warnedNanos = nowNanos;
    return true;
  }
}
