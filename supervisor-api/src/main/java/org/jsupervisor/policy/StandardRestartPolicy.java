package org.jsupervisor.policy;

import java.time.Duration;
import org.jsupervisor.process.ExitCause;

/**
 * The ready-made policy: a restart type, a back-off, a limit, and what to do beyond the limit.
 *
 * <p>A life counts as stable when the child was ready for at least {@code max(resetAfter, 2 x the
 * delay before it)}; after a stable life the back-off begins anew and quarantines are forgiven.
 * After a quarantine there is one probation start: an end without a stable life means quarantine
 * again, with the doubled pause.
 *
 * <p>Defaults: exponential back-off from 200 ms to 30 s with 20 % jitter, 5 restarts in 60 s, reset
 * after 60 s, quarantine from 1 min to 1 h.
 *
 * @param type which exits lead to a restart
 * @param backoff the delay before a restart
 * @param limit how many restarts in which time
 * @param resetAfter how long a ready life must last to count as stable
 * @param giveUp what happens beyond the limit
 */
public record StandardRestartPolicy(
    RestartType type, Backoff backoff, RestartLimit limit, Duration resetAfter, GiveUp giveUp)
    implements RestartPolicy {
  private static final StandardRestartPolicy DEFAULTS =
      new StandardRestartPolicy(
          RestartType.PERMANENT,
          Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)),
          RestartIntensity.of(5, Duration.ofSeconds(60)),
          Duration.ofSeconds(60),
          GiveUp.quarantine());

  public StandardRestartPolicy {
    Durations.requireNotNegative("restart policy: reset time", resetAfter);
  }

  /** The defaults with the given type. */
  public static StandardRestartPolicy of(RestartType type) {
    return new StandardRestartPolicy(
        type, DEFAULTS.backoff, DEFAULTS.limit, DEFAULTS.resetAfter, DEFAULTS.giveUp);
  }

  /** Replaces the back-off (default: exponential, 200 ms to 30 s). */
  public StandardRestartPolicy withBackoff(Backoff replacement) {
    return new StandardRestartPolicy(type, replacement, limit, resetAfter, giveUp);
  }

  /** Replaces the limit (default: 5 restarts in 60 s). */
  public StandardRestartPolicy withLimit(RestartLimit replacement) {
    return new StandardRestartPolicy(type, backoff, replacement, resetAfter, giveUp);
  }

  /** Replaces the time after which a life counts as stable (default: 60 s). */
  public StandardRestartPolicy withResetAfter(Duration replacement) {
    return new StandardRestartPolicy(type, backoff, limit, replacement, giveUp);
  }

  /** Replaces what happens beyond the limit (default: quarantine from 1 min to 1 h). */
  public StandardRestartPolicy withGiveUp(GiveUp replacement) {
    return new StandardRestartPolicy(type, backoff, limit, resetAfter, replacement);
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    return switch (type) {
      case PERMANENT -> restart(question);
      case TRANSIENT -> isClean(question) ? new RestartDecision.Finish() : restart(question);
      case TEMPORARY -> new RestartDecision.Forget();
    };
  }

  private static boolean isClean(RestartQuestion question) {
    return question.exit().cause() == ExitCause.BY_ITSELF && question.exit().status().isClean();
  }

  private RestartDecision restart(RestartQuestion question) {
    boolean stable = isStable(question);
    int attempt = stable ? 1 : increment(question.history().streak());
    boolean failedProbation = !stable && question.history().quarantines() > 0;
    if (!failedProbation && limit.allows(question.history(), question.nowNanos())) {
      return new RestartDecision.Restart(backoff.delay(attempt, question.random()), attempt);
    }
    String reason = failedProbation ? "failed again in its probation start" : "more than " + limit;
    return giveUp(reason, stable ? 0 : question.history().quarantines());
  }

  private boolean isStable(RestartQuestion question) {
    int streak = question.history().streak();
    Duration lastDelay = streak == 0 ? Duration.ZERO : backoff.delay(streak, question.random());
    Duration needed = max(resetAfter, lastDelay.multipliedBy(2));
    Duration readyFor = question.readyFor();
    return !readyFor.isZero() && readyFor.compareTo(needed) >= 0;
  }

  private RestartDecision giveUp(String reason, int quarantinesBefore) {
    if (giveUp instanceof GiveUp.Quarantine quarantine) {
      int count = increment(quarantinesBefore);
      return new RestartDecision.Quarantine(quarantine.pause(count), count, reason);
    }
    return giveUp instanceof GiveUp.Escalate
        ? new RestartDecision.Escalate(reason)
        : new RestartDecision.StayDown(reason);
  }

  private static int increment(int count) {
    return count == Integer.MAX_VALUE ? count : count + 1;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
