package org.jsupervisor.definition.directory;

import org.jsupervisor.policy.ExitClass;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;

/**
 * Runs once, and stays in the tree when it has ended, however it did: perp's {@code flag.once}, and
 * the oneshots of s6-rc. Only a launch that the host had no room for is tried again. Immutable; all
 * are equal.
 */
public record RunsOnce() implements RestartPolicy {
  private static final StandardRestartPolicy TRANSIENT = RestartPolicy.transientPolicy();

  @Override
  public RestartDecision decide(RestartQuestion question) {
    RestartDecision ordinary = TRANSIENT.decide(question);
    boolean isShortage =
        ExitClass.of(question.exit().status()).filter(ExitClass.HOST_SHORTAGE::equals).isPresent();
    return isShortage || ordinary.kind() == RestartDecision.Kind.FINISH
        ? ordinary
        : new RestartDecision.StayDown("runs once only");
  }

  @Override
  public RestartType type() {
    return RestartType.TRANSIENT;
  }
}
