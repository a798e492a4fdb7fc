package org.jsupervisor.strategy;

/**
 * Whom a death affects: the children that are restarted together when one of them must be.
 *
 * <p>Implement it to make your own. It is a pure function, called on the engine's thread; it must
 * not block or keep state. If it throws, or names a child that is no sibling, the answer is taken
 * as "only the failed one", and an event tells so.
 *
 * <p>If it names more than the failed child, the others are stopped in reverse start order, one
 * after the other; then, when the failed child's back-off is over, all of them are started in start
 * order. Children that an operator wants down, and those that have given up, are left as they are;
 * temporary ones are stopped and forgotten. The whole counts as one restart.
 */
@FunctionalInterface
public interface RestartStrategy {
  /** Answers for one failed child that its policy wants to restart. */
  RestartScope scope(RestartRequest request);

  /** Only the failed child is started again (Erlang/OTP's one_for_one). */
  static RestartStrategy oneForOne() {
    return OneForOne.INSTANCE;
  }

  /** All children are started again (Erlang/OTP's one_for_all). */
  static RestartStrategy oneForAll() {
    return OneForAll.INSTANCE;
  }

  /** The failed child and those after it are started again (Erlang/OTP's rest_for_one). */
  static RestartStrategy restForOne() {
    return RestForOne.INSTANCE;
  }
}
