package org.jsupervisor.snapshot;

import org.jsupervisor.process.ExitCause;

/**
 * The restarts of a child by what led to them. Never decrease. The first six are those that its
 * policy or strategy decided; together they are {@link Counters#restarts}.
 *
 * @param byItself its run had ended by itself
 * @param afterStop its run had been asked to stop, and was wanted again
 * @param startTimeouts it had not become ready in its time
 * @param watchdogs it had missed its watchdog
 * @param launchFailures it could not be launched, or gave up before it was up
 * @param withGroup a sibling had failed, and its group was restarted
 * @param asked somebody asked for the restart; counted when that was accepted
 */
public record RestartCounts(
    long byItself,
    long afterStop,
    long startTimeouts,
    long watchdogs,
    long launchFailures,
    long withGroup,
    long asked) {
  /** Nothing counted yet. */
  public static final RestartCounts ZERO = new RestartCounts(0, 0, 0, 0, 0, 0, 0);

  /** Those that a policy or strategy decided. */
  public long decided() {
    return byItself + afterStop + startTimeouts + watchdogs + launchFailures + withGroup;
  }

  /** One more that the policy decided after such an end. */
  public RestartCounts plus(ExitCause cause) {
    return new RestartCounts(
        byItself + one(cause == ExitCause.BY_ITSELF),
        afterStop + one(cause == ExitCause.ASKED_TO_STOP),
        startTimeouts + one(cause == ExitCause.START_TIMEOUT),
        watchdogs + one(cause == ExitCause.WATCHDOG),
        launchFailures + one(cause == ExitCause.LAUNCH_FAILED),
        withGroup,
        asked);
  }

  /** One more with its group. */
  public RestartCounts plusWithGroup() {
    return new RestartCounts(
        byItself, afterStop, startTimeouts, watchdogs, launchFailures, withGroup + 1, asked);
  }

  /** One more that somebody asked for. */
  public RestartCounts plusAsked() {
    return new RestartCounts(
        byItself, afterStop, startTimeouts, watchdogs, launchFailures, withGroup, asked + 1);
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }
}
