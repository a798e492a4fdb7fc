package org.jsupervisor.definition.going;

import java.time.Duration;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;

/**
 * Going's rule with the back-off that its authors wish for: after a short life a quarantine, which
 * doubles from one short life to the next; after any other a restart at once, and the quarantines
 * are forgiven.
 *
 * @param shortLife the shortest life that is not short
 * @param pauses the first and the longest quarantine
 */
record GrowingQuarantine(Duration shortLife, GiveUp.Quarantine pauses) implements RestartPolicy {
  @Override
  public RestartDecision decide(RestartQuestion question) {
    if (question.exit().ran().compareTo(shortLife) >= 0) {
      return new RestartDecision.Restart(Duration.ZERO, 1);
    }
    int before = question.history().quarantines();
    int count = before == Integer.MAX_VALUE ? before : before + 1;
    return new RestartDecision.Quarantine(
        pauses.pause(count), count, "lived less than " + shortLife.toSeconds() + " s");
  }
}
