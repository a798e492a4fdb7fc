package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.util.Locale;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ExitStatus;

/**
 * Systemd's rule: first {@code RestartPreventExitStatus}, then {@code RestartForceExitStatus}, then
 * the table of {@code Restart}, and then the limit of starts. The first start counts in the limit
 * for as long as no restart is older than the interval.
 *
 * @param rule the line of the table
 * @param exits the exits that are clean, those that prevent a restart, those that force one
 * @param delay before each restart
 * @param limit how many starts in which time
 */
record SystemdPolicy(Rule rule, Exits exits, Duration delay, Limit limit) implements RestartPolicy {
  /** Exits that are looked at before the table, and those that it calls clean. */
  record Exits(ExitSet clean, ExitSet prevent, ExitSet force) {}

  /**
   * A limit of starts.
   *
   * @param burst how many; zero: there is no limit
   * @param interval in which time; zero: there is no limit
   */
  record Limit(int burst, Duration interval) {}

  /** What a run has come to. */
  enum Result {
    CLEAN,
    EXIT_CODE,
    SIGNAL,
    TIMEOUT,
    WATCHDOG
  }

  /** The values of {@code Restart}. */
  enum Rule {
    NO,
    ALWAYS,
    ON_SUCCESS,
    ON_FAILURE,
    ON_ABNORMAL,
    ON_ABORT,
    ON_WATCHDOG;

    /** As a unit writes it. */
    String written() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The table. */
    boolean restarts(Result result) {
      return switch (this) {
        case NO -> false;
        case ALWAYS -> true;
        case ON_SUCCESS -> result == Result.CLEAN;
        case ON_FAILURE -> result != Result.CLEAN;
        case ON_ABNORMAL -> result != Result.CLEAN && result != Result.EXIT_CODE;
        case ON_ABORT -> result == Result.SIGNAL;
        case ON_WATCHDOG -> result == Result.WATCHDOG;
      };
    }
  }

  @Override
  public RestartType type() {
    return rule == Rule.ALWAYS ? RestartType.PERMANENT : RestartType.TRANSIENT;
  }

  @Override
  public RestartDecision decide(RestartQuestion question) {
    ExitStatus status = question.exit().status();
    Result result = result(question);
    if (exits.prevent().contains(status)) {
      return down(result, "RestartPreventExitStatus has this exit");
    }
    if (!exits.force().contains(status) && !rule.restarts(result)) {
      return down(result, "Restart=" + rule.written());
    }
    int recent = question.history().restartsWithin(limit.interval().toNanos(), question.nowNanos());
    int starts = recent == question.history().restarts() ? recent + 1 : recent;
    boolean limited = limit.burst() > 0 && !limit.interval().isZero();
    if (limited && starts >= limit.burst()) {
      return new RestartDecision.StayDown(
          "more than " + limit.burst() + " starts in " + limit.interval().toMillis() + " ms");
    }
    boolean isStable = question.exit().ran().compareTo(limit.interval()) > 0;
    int streak = question.history().streak();
    int attempt = isStable || streak == Integer.MAX_VALUE ? 1 : streak + 1;
    return new RestartDecision.Restart(delay, attempt);
  }

  private Result result(RestartQuestion question) {
    ExitStatus status = question.exit().status();
    return switch (question.exit().cause()) {
      case WATCHDOG -> Result.WATCHDOG;
      case START_TIMEOUT -> Result.TIMEOUT;
      case BY_ITSELF, ASKED_TO_STOP, LAUNCH_FAILED -> {
        if (exits.clean().contains(status)) {
          yield Result.CLEAN;
        }
        yield status.kind() == ExitStatus.Kind.SIGNALLED ? Result.SIGNAL : Result.EXIT_CODE;
      }
    };
  }

  private static RestartDecision down(Result result, String reason) {
    return result == Result.CLEAN
        ? new RestartDecision.Finish()
        : new RestartDecision.StayDown(reason);
  }
}
