package org.jsupervisor.samples.policy;

import java.time.Duration;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;

/**
 * Restarts what has failed, after a delay that doubles from a second up to a cap; what ends with 0
 * has done its work. It looks right, and has two bugs on purpose.
 *
 * @param cap the longest delay
 */
public record FirstTry(Duration cap) implements RestartPolicy {
  private static final int FIRST_MILLIS = 1000;

  @Override
  public RestartType type() {
    return RestartType.TRANSIENT;
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    int before = question.history().streak();
    if (before > 0) {
      int delay = FIRST_MILLIS << before;
      return new RestartDecision.Restart(
          Duration.ofMillis(Math.min(delay, cap.toMillis())), before + 1);
    }
    return question.exit().status().isClean()
        ? new RestartDecision.Finish()
        : new RestartDecision.Restart(Duration.ofMillis(FIRST_MILLIS), 1);
  }
}
