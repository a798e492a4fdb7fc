package org.jsupervisor.posix.internal.io;

import java.util.LinkedHashSet;
import java.util.Set;

/** Those that hold something back until their interval is over. Confined to one output thread. */
final class HeldBack {
  private final Set<HoldsBack> holding = new LinkedHashSet<>();

  /** It may hold something back by now, or no more. */
  void note(HoldsBack source, long nowNanos) {
    if (isHolding(source, nowNanos)) {
      holding.add(source);
    } else {
      holding.remove(source);
    }
  }

  /** It is over, and has reported what it held back. */
  void forget(HoldsBack source) {
    holding.remove(source);
  }

  /** How long until the first is due; {@link HoldsBack#NOTHING_HELD_NANOS} if there is none. */
  long waitNanos(long nowNanos) {
    long least = HoldsBack.NOTHING_HELD_NANOS;
    for (HoldsBack source : holding) {
      least = Math.min(least, source.waitNanos(nowNanos));
    }
    return least;
  }

  /** Reports those whose interval is over. */
  void reportDue(long nowNanos) {
    holding.forEach(source -> source.reportIfDue(nowNanos));
    holding.removeIf(source -> !isHolding(source, nowNanos));
  }

  private static boolean isHolding(HoldsBack source, long nowNanos) {
    return source.waitNanos(nowNanos) != HoldsBack.NOTHING_HELD_NANOS;
  }
}
