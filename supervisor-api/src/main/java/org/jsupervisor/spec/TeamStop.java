package org.jsupervisor.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * How a supervisor stops its children when it ends or restarts a group. A child is always stopped
 * after those that depend on it.
 *
 * @param order one after the other, or all at once
 * @param within how long the end of the supervisor may take, with all below it; what is alive then
 *     gets KILL without further grace. Empty: as long as the stop ladders of all take. The whole
 *     time of a tree is that of its root supervisor
 */
public record TeamStop(Order order, Optional<Duration> within) {
  private static final TeamStop DEFAULTS = new TeamStop(Order.ONE_BY_ONE, Optional.empty());

  /** In which order children are stopped. */
  public enum Order {
    /**
     * In reverse start order, the next when the one before is dead (Erlang/OTP's order). Children
     * that use up their grace add up.
     */
    ONE_BY_ONE,
    /** At once, but for those that others still depend on. */
    TOGETHER
  }

  /**
   * Checks the time.
   *
   * @throws InvalidSpecException if it is not positive
   */
  public TeamStop {
    if (within.isPresent()) {
      Problems problems = new Problems();
      problems.requirePositive("supervisor: time to stop", within.get());
      problems.throwIfAny();
    }
  }

  /** One by one, as long as it takes. */
  public static TeamStop defaults() {
    return DEFAULTS;
  }

  /** Replaces the order. */
  public TeamStop withOrder(Order replacement) {
    return new TeamStop(replacement, within);
  }

  /** Bounds the whole time. */
  public TeamStop withStopWithin(Duration time) {
    return new TeamStop(order, Optional.of(time));
  }
}
