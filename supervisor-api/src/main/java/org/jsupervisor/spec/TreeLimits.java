package org.jsupervisor.spec;

import java.time.Duration;
import org.jsupervisor.policy.RestartLimit;

/**
 * What is allowed of all children of a tree together, however deep.
 *
 * @param restarts how many restarts; beyond it the tree gives up. A restart that its policy charges
 *     to nobody is not counted
 * @param startingMax how many processes and tasks may be starting at once, that is, launched and
 *     not ready yet; the others wait for their place in the order in which they came
 * @param launchWithin how long a launch may take; then its place is given up: the child is {@code
 *     UNKILLABLE} until the outcome is known, and its siblings go on
 */
public record TreeLimits(RestartLimit restarts, int startingMax, Duration launchWithin) {
  private static final TreeLimits DEFAULTS =
      new TreeLimits(RestartLimit.none(), Integer.MAX_VALUE, Duration.ofMinutes(1));

  /**
   * Checks the numbers.
   *
   * @throws InvalidSpecException with all problems
   */
  public TreeLimits {
    Problems problems = new Problems();
    if (startingMax < 1) {
      problems.add("tree: starting at once", Integer.toString(startingMax), "must be at least 1");
    }
    problems.requirePositive("tree: time to launch", launchWithin);
    problems.throwIfAny();
  }

  /** No limit of restarts, any number starting at once, a minute for each launch. */
  public static TreeLimits defaults() {
    return DEFAULTS;
  }

  /** Replaces how many restarts are allowed. */
  public TreeLimits withRestarts(RestartLimit replacement) {
    return new TreeLimits(replacement, startingMax, launchWithin);
  }

  /** Replaces how many may be starting at once. */
  public TreeLimits withStartingMax(int replacement) {
    return new TreeLimits(restarts, replacement, launchWithin);
  }

  /** Replaces how long a launch may take. */
  public TreeLimits withLaunchWithin(Duration replacement) {
    return new TreeLimits(restarts, startingMax, replacement);
  }
}
