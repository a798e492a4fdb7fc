package org.jsupervisor.strategy;

/**
 * Whom a death affects: the children that are restarted together when one of them must be.
 *
 * <p>Implement it to make your own. It is a pure function, called on the engine's thread; it must
 * not block or keep state. If it throws, or names a child that is no sibling, the answer is taken
 * as "only the failed one", and counted.
 *
 * <p>A sibling that is named beside the failed child is stopped and started again by its own
 * restart; siblings that are down stay down.
 */
@FunctionalInterface
public interface RestartStrategy {
  /** Answers for one failed child that its policy wants to restart. */
  RestartScope scope(RestartRequest request);

  /** Only the failed child is started again (Erlang/OTP's one_for_one). */
  static RestartStrategy oneForOne() {
    return OneForOne.INSTANCE;
  }
}
