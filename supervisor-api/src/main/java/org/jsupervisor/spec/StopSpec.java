package org.jsupervisor.spec;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.process.Signal;

/**
 * How a child is stopped: a ladder of signals to its group, or of the end of its input, then KILL
 * to the group, then a bounded wait after which it is reported as unkillable and its siblings go
 * on.
 *
 * <p>Default: TERM, 10 s, KILL, 2 s; of a child that is {@linkplain InputSpec.Fed fed} {@link
 * #endOfInput}.
 *
 * @param ladder the polite steps in order; may be empty, then KILL comes at once
 * @param killWait how long to wait for the end after KILL, positive
 */
public record StopSpec(List<StopStep> ladder, Duration killWait) {
  /**
   * By how much a process can put its KILL off in all, with {@code EXTEND_TIMEOUT_USEC}, beyond
   * what the ladder takes: a stop is bounded, whatever is said in it.
   */
  public static final Duration EXTENSION_MAX = Duration.ofMinutes(10);

  /** The most polite steps. */
  public static final int STEPS_MAX = 16;

  private static final Duration INPUT_GRACE_DEFAULT = Duration.ofSeconds(30);

  /** How long to wait after the signal of {@link #defaults}. */
  public static final Duration SIGNAL_GRACE_DEFAULT = Duration.ofSeconds(10);

  private static final Duration KILL_WAIT_DEFAULT = Duration.ofSeconds(2);

  public StopSpec {
    ladder = List.copyOf(ladder);
    Problems problems = new Problems();
    if (ladder.size() > STEPS_MAX) {
      problems.add(
          "stop", Integer.toString(ladder.size()), "must have at most " + STEPS_MAX + " steps");
    }
    problems.requirePositive("stop: wait after KILL", killWait);
    if (killWait.compareTo(Problems.DURATION_MAX) <= 0) {
      problems.requirePositive("stop: all steps together", total(ladder, killWait));
    }
    problems.throwIfAny();
  }

  /** TERM, 10 s, KILL, 2 s. */
  public static StopSpec defaults() {
    return of(Signal.TERM, SIGNAL_GRACE_DEFAULT);
  }

  /** The end of its input, 30 s, TERM, 10 s, KILL, 2 s. */
  public static StopSpec endOfInput() {
    return new StopSpec(
        List.of(
            StopStep.endOfInput(INPUT_GRACE_DEFAULT),
            StopStep.of(Signal.TERM, SIGNAL_GRACE_DEFAULT)),
        KILL_WAIT_DEFAULT);
  }

  /** Whether one of its steps is the end of the input. */
  public boolean endsInput() {
    for (StopStep step : ladder) {
      if (step instanceof StopStep.EndInput) {
        return true;
      }
    }
    return false;
  }

  /** This signal, this grace, KILL, 2 s. */
  public static StopSpec of(Signal signal, Duration grace) {
    return new StopSpec(List.of(StopStep.of(signal, grace)), KILL_WAIT_DEFAULT);
  }

  /** KILL at once (Erlang/OTP's brutal_kill), 2 s. */
  public static StopSpec killAtOnce() {
    return new StopSpec(List.of(), KILL_WAIT_DEFAULT);
  }

  /** The longest time from the first step to the report that it cannot be killed. */
  public Duration total() {
    return total(ladder, killWait);
  }

  private static Duration total(List<StopStep> ladder, Duration killWait) {
    Duration sum = killWait;
    for (StopStep step : ladder) {
      sum = sum.plus(step.grace());
    }
    return sum;
  }
}
