package org.jsupervisor.policy;

import java.time.Duration;

/**
 * The ready-made policy. It asks in this order; the first answer holds:
 *
 * <ol>
 *   <li>Is the exit one of {@code exits.never()}? Down: finished if the exit is clean, else {@link
 *       RestartDecision.StayDown} with the reason. A temporary child is forgotten, as always.
 *   <li>Is it one of {@code exits.always()}? A restart, whatever the type.
 *   <li>The type: {@code PERMANENT} restarts, {@code TRANSIENT} restarts unless the exit is clean,
 *       {@code TEMPORARY} does not.
 *   <li>A restart has to be within its budget, else the child is given up as {@code giveUp} says.
 * </ol>
 *
 * <p>There are three kinds of restarts, each with a budget of its own. After a run, {@code limit}
 * decides. After a launch that failed by the child's fault, {@code startAttempts}: so many launches
 * in a row may fail; one that brings a process into being begins the row anew, however short its
 * life, for that life then counts in {@code limit}. After a launch that the host had no room for
 * there is none: it is tried again for ever, after the back-off or {@link #SHORTAGE_DELAY_MIN} if
 * that is longer.
 *
 * <p>A life counts as stable when the child was ready for at least {@code max(resetAfter, 2 x the
 * delay before it)}; after a stable life the back-off begins anew and quarantines are forgiven.
 * After a quarantine there is one probation start: an end without a stable life means quarantine
 * again, with the doubled pause.
 *
 * <p>Defaults: exit code 0 is clean, exponential back-off from 200 ms to 30 s with 20 % jitter, 5
 * restarts in 60 s, 3 start attempts, reset after 60 s, quarantine from 1 min to 1 h.
 *
 * @param type which exits lead to a restart
 * @param exits the exits that override the type, and those that are clean
 * @param backoff the delay before a restart
 * @param limit how many restarts in which time
 * @param startAttempts how many launches in a row may fail by the child's fault, 1 to {@value
 *     #START_ATTEMPTS_MAX}: the last of them is the end
 * @param resetAfter how long a ready life must last to count as stable
 * @param giveUp what happens beyond the limit
 */
public record StandardRestartPolicy(
    RestartType type,
    RestartExits exits,
    Backoff backoff,
    RestartLimit limit,
    int startAttempts,
    Duration resetAfter,
    GiveUp giveUp)
    implements RestartPolicy {
  /** A million attempts half a minute apart take a year. */
  public static final int START_ATTEMPTS_MAX = 1_000_000;

  /** The shortest delay after a launch that the host had no room for, also without a back-off. */
  public static final Duration SHORTAGE_DELAY_MIN = Duration.ofSeconds(1);

  private static final String FAILED_PROBATION = "failed again in its probation start";

  private static final StandardRestartPolicy DEFAULTS =
      new StandardRestartPolicy(
          RestartType.PERMANENT,
          RestartExits.DEFAULTS,
          Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)),
          RestartIntensity.of(5, Duration.ofSeconds(60)),
          3,
          Duration.ofSeconds(60),
          GiveUp.quarantine());

  public StandardRestartPolicy {
    if (startAttempts < 1 || startAttempts > START_ATTEMPTS_MAX) {
      throw new IllegalArgumentException(
          "restart policy: start attempts must be 1 to "
              + START_ATTEMPTS_MAX
              + ", was "
              + startAttempts);
    }
    Durations.requireNotNegative("restart policy: reset time", resetAfter);
  }

  /** The defaults with the given type. */
  public static StandardRestartPolicy of(RestartType type) {
    return new StandardRestartPolicy(
        type,
        DEFAULTS.exits,
        DEFAULTS.backoff,
        DEFAULTS.limit,
        DEFAULTS.startAttempts,
        DEFAULTS.resetAfter,
        DEFAULTS.giveUp);
  }

  /** Replaces the exits that are clean (default: {@link ExitSet#CLEAN}). */
  public StandardRestartPolicy withClean(ExitSet replacement) {
    return withExits(new RestartExits(replacement, exits.never(), exits.always()));
  }

  /** Replaces the exits after which it is not restarted, whatever its type (default: none). */
  public StandardRestartPolicy withNever(ExitSet replacement) {
    return withExits(new RestartExits(exits.clean(), replacement, exits.always()));
  }

  /** Replaces the exits after which it is restarted, whatever its type (default: none). */
  public StandardRestartPolicy withAlways(ExitSet replacement) {
    return withExits(new RestartExits(exits.clean(), exits.never(), replacement));
  }

  private StandardRestartPolicy withExits(RestartExits replacement) {
    return new StandardRestartPolicy(
        type, replacement, backoff, limit, startAttempts, resetAfter, giveUp);
  }

  /** Replaces the back-off (default: exponential, 200 ms to 30 s). */
  public StandardRestartPolicy withBackoff(Backoff replacement) {
    return new StandardRestartPolicy(
        type, exits, replacement, limit, startAttempts, resetAfter, giveUp);
  }

  /** Replaces the limit (default: 5 restarts in 60 s). */
  public StandardRestartPolicy withLimit(RestartLimit replacement) {
    return new StandardRestartPolicy(
        type, exits, backoff, replacement, startAttempts, resetAfter, giveUp);
  }

  /** Replaces how many launches in a row may fail by the child's fault (default: 3). */
  public StandardRestartPolicy withStartAttempts(int replacement) {
    return new StandardRestartPolicy(type, exits, backoff, limit, replacement, resetAfter, giveUp);
  }

  /** Replaces the time after which a life counts as stable (default: 60 s). */
  public StandardRestartPolicy withResetAfter(Duration replacement) {
    return new StandardRestartPolicy(
        type, exits, backoff, limit, startAttempts, replacement, giveUp);
  }

  /** Replaces what happens beyond the limit (default: quarantine from 1 min to 1 h). */
  public StandardRestartPolicy withGiveUp(GiveUp replacement) {
    return new StandardRestartPolicy(
        type, exits, backoff, limit, startAttempts, resetAfter, replacement);
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    if (exits.isNever(question.exit())) {
      return prevented(question);
    }
    if (exits.isAlways(question.exit())) {
      return restart(question);
    }
    return switch (type) {
      case PERMANENT -> restart(question);
      case TRANSIENT ->
          exits.isClean(question.exit()) ? new RestartDecision.Finish() : restart(question);
      case TEMPORARY -> new RestartDecision.Forget();
    };
  }

  private RestartDecision prevented(RestartQuestion question) {
    if (type == RestartType.TEMPORARY) {
      return new RestartDecision.Forget();
    }
    return exits.isClean(question.exit())
        ? new RestartDecision.Finish()
        : new RestartDecision.StayDown("never restarted after this exit");
  }

  private RestartDecision restart(RestartQuestion question) {
    return ExitClass.of(question.exit().status())
        .map(
            without ->
                switch (without) {
                  case LAUNCH_FAILED -> afterFailedStart(question);
                  case HOST_SHORTAGE -> afterShortage(question);
                  case LOST, GAVE_UP, THREW -> afterRun(question);
                })
        .orElseGet(() -> afterRun(question));
  }

  private RestartDecision afterRun(RestartQuestion question) {
    RestartHistory history = question.history();
    boolean stable = isStable(question);
    boolean failedProbation = !stable && history.quarantines() > 0;
    if (!failedProbation && limit.allows(history, question.nowNanos())) {
      int attempt = stable ? 1 : increment(history.streak());
      return new RestartDecision.Restart(backoff.delay(attempt, question.random()), attempt);
    }
    return giveUp(
        failedProbation ? FAILED_PROBATION : "more than " + limit,
        stable ? 0 : history.quarantines());
  }

  /** The launch that the question is about is not in the history yet. */
  private RestartDecision afterFailedStart(RestartQuestion question) {
    RestartHistory history = question.history();
    if (history.quarantines() > 0) {
      return giveUp(FAILED_PROBATION, history.quarantines());
    }
    if (increment(history.failedStarts()) >= startAttempts) {
      return giveUp(startAttempts + " start attempts failed", 0);
    }
    int attempt = increment(history.streak());
    return new RestartDecision.Restart(
        backoff.delay(attempt, question.random()), attempt, RestartCharge.START_ATTEMPTS);
  }

  /** It says nothing about the child: a probation, too, goes on when there is room again. */
  private RestartDecision afterShortage(RestartQuestion question) {
    int attempt = increment(question.history().streak());
    Duration delay = max(SHORTAGE_DELAY_MIN, backoff.delay(attempt, question.random()));
    return new RestartDecision.Restart(delay, attempt, RestartCharge.NOTHING);
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
