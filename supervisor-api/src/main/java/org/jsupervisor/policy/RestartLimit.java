package org.jsupervisor.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether one restart more is within bounds. A pure function of its arguments, called on the
 * engine's thread. If the limit of a supervisor throws, the restart is allowed and the failure
 * told; if that of a policy does, the policy has thrown.
 */
@FunctionalInterface
public interface RestartLimit {
  /** Whether a restart at {@code nowNanos} is allowed after those in the history. */
  boolean allows(RestartHistory history, long nowNanos);

  /** No limit. */
  static RestartLimit none() {
    return Unlimited.INSTANCE;
  }

  /** What all these limits allow. */
  static RestartLimit allOf(RestartLimit... limits) {
    return new AllOf(List.of(limits));
  }

  /**
   * Allows what all its parts allow.
   *
   * @param limits at least one
   */
  record AllOf(List<RestartLimit> limits) implements RestartLimit {
    public AllOf {
      if (limits.isEmpty()) {
        throw new IllegalArgumentException("restart limits: there must be at least one");
      }
      limits = List.copyOf(limits);
    }

    @Override
    public boolean allows(RestartHistory history, long nowNanos) {
      return limits.stream().allMatch(limit -> limit.allows(history, nowNanos));
    }

    /** For example {@code 5 restarts in 60 s or 20 restarts in 3600 s}, beyond which it ends. */
    @Override
    public String toString() {
      return limits.stream().map(RestartLimit::toString).collect(Collectors.joining(" or "));
    }
  }

  /** The limit that allows everything. */
  enum Unlimited implements RestartLimit {
    /** It has no settings. */
    INSTANCE;

    @Override
    public boolean allows(RestartHistory history, long nowNanos) {
      return true;
    }

    @Override
    public String toString() {
      return "no limit";
    }
  }
}
