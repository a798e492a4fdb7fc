package org.jsupervisor.policy;

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
