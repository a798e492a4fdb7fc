package org.jsupervisor.policy;

import java.time.Duration;

/**
 * The rule of going, a small supervisor: a child that lived for less than {@code shortLife} is
 * quarantined for {@code pause}, any other is restarted at once. Nothing grows and there is no
 * limit: such a child is tried again for ever, whatever its exits. A launch that failed is a life
 * of no length.
 *
 * <p>Taken over is the rule alone. In going the pause is measured by the wall clock and begins anew
 * with each signal that the supervisor gets; here its end is fixed when the child ends, in
 * monotonic time. Only a restart at once counts in the limit of the supervisor above.
 *
 * @param shortLife the shortest life that is not short; going's is 5 s
 * @param pause the quarantine after a short life; going's is 30 s
 */
public record ShortLifePolicy(Duration shortLife, Duration pause) implements RestartPolicy {
  public ShortLifePolicy {
    Durations.requirePositive("short-life policy: short life", shortLife);
    Durations.requirePositive("short-life policy: pause", pause);
  }

  /** Going's numbers: a life below 5 s, a pause of 30 s. */
  public static ShortLifePolicy defaults() {
    return new ShortLifePolicy(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    if (question.exit().ran().compareTo(shortLife) >= 0) {
      return new RestartDecision.Restart(Duration.ZERO, 1);
    }
    int before = question.history().quarantines();
    int count = before == Integer.MAX_VALUE ? before : before + 1;
    return new RestartDecision.Quarantine(
        pause, count, "lived less than " + Durations.text(shortLife));
  }
}
