package org.jsupervisor.samples.policy;

import java.time.Duration;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;

/**
 * As {@link FirstTry} was meant: the cap holds for any number of restarts, and a clean exit is the
 * end whatever came before.
 *
 * @param cap the longest delay
 */
public record Mended(Duration cap) implements RestartPolicy {
  private static final long FIRST_MILLIS = 1000;

  /** A second, doubled so often, is more than the longest delay that makes sense: 12 days. */
  private static final int DOUBLINGS_MAX = 20;

  @Override
  public RestartType type() {
    return RestartType.TRANSIENT;
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    if (question.exit().status().isClean()) {
      return new RestartDecision.Finish();
    }
    int before = question.history().streak();
    long delay = FIRST_MILLIS << Math.min(before, DOUBLINGS_MAX);
    return new RestartDecision.Restart(
        Duration.ofMillis(Math.min(delay, cap.toMillis())),
        before == Integer.MAX_VALUE ? before : before + 1);
  }
}
