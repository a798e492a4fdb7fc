package org.jsupervisor.snapshot;

/**
 * What has been counted for a child since it was defined. Never decreases.
 *
 * @param launches launches ordered, those that failed too
 * @param launchFailures launches that failed
 * @param exits ends of a run, whatever the cause
 * @param restarts restarts that its policy or strategy decided
 * @param outputBytesLost output that could not be kept
 * @param restartsByCause the restarts by what led to them, and those that were asked for
 */
public record Counters(
    long launches,
    long launchFailures,
    long exits,
    long restarts,
    long outputBytesLost,
    RestartCounts restartsByCause) {
  /** Nothing counted yet. */
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, RestartCounts.ZERO);
}
