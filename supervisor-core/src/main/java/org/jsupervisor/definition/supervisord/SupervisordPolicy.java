package org.jsupervisor.definition.supervisord;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.policy.ExitClass;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartCharge;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;

/**
 * Supervisord's rule. A run that ends before {@code startsecs}, whatever its exit, and a launch
 * that failed are failed starts: tried again 1 s after the first in a row, 2 s after the second,
 * and so on, {@code startRetries} times; then it stays down (FATAL). Any other end is looked at:
 * always, never or after an unexpected exit it is restarted, at once and without a limit.
 *
 * @param autorestart what an end after {@code startsecs} leads to
 * @param expected the exits that are expected
 * @param startsecs how long a run must last not to be a failed start; zero: any run is none
 * @param startRetries how often a failed start is tried again, 0 or more
 */
record SupervisordPolicy(
    Autorestart autorestart, ExitSet expected, Duration startsecs, int startRetries)
    implements RestartPolicy {
  /** The values of {@code autorestart}. */
  enum Autorestart {
    ALWAYS,
    NEVER,
    UNEXPECTED;

    private static final Map<String, Autorestart> WRITTEN =
        Map.of(
            "yes",
            ALWAYS,
            "true",
            ALWAYS,
            "on",
            ALWAYS,
            "1",
            ALWAYS,
            "no",
            NEVER,
            "false",
            NEVER,
            "off",
            NEVER,
            "0",
            NEVER,
            "unexpected",
            UNEXPECTED);

    static Optional<Autorestart> written(String text) {
      return Optional.ofNullable(WRITTEN.get(text.toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    boolean neverRan =
        ExitClass.of(question.exit().status())
            .filter(end -> end == ExitClass.LAUNCH_FAILED || end == ExitClass.HOST_SHORTAGE)
            .isPresent();
    if (neverRan || question.exit().ran().compareTo(startsecs) < 0) {
      return afterFailedStart(question.history().failedStarts());
    }
    boolean isExpected = expected.contains(question.exit().status());
    return switch (autorestart) {
      case ALWAYS -> restartAtOnce();
      case UNEXPECTED -> isExpected ? new RestartDecision.Finish() : restartAtOnce();
      case NEVER ->
          isExpected
              ? new RestartDecision.Finish()
              : new RestartDecision.StayDown("autorestart is false");
    };
  }

  @Override
  public RestartType type() {
    return autorestart == Autorestart.ALWAYS ? RestartType.PERMANENT : RestartType.TRANSIENT;
  }

  private RestartDecision afterFailedStart(int before) {
    if (before >= startRetries) {
      return new RestartDecision.StayDown("more than " + startRetries + " start retries");
    }
    int count = before + 1;
    return new RestartDecision.Restart(
        Duration.ofSeconds(count), count, RestartCharge.START_ATTEMPTS);
  }

  private static RestartDecision restartAtOnce() {
    return new RestartDecision.Restart(Duration.ZERO, 1);
  }
}
