package org.jsupervisor.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.process.Signal;

/**
 * Commands that are run instead of sending signals to a child: the {@code control} directory of
 * runit. Immutable.
 *
 * <p><b>Which signals.</b> Each that would be sent because it was asked for, as long as the run is
 * up or is being stopped politely: the {@linkplain StopStep.SendSignal signals} of its {@linkplain
 * StopSpec stop ladder}, and those that operators send, pause and continue included. Never
 * replaced: the KILL that ends a stop ladder, the ABRT of a {@link Watchdog}, the CONT that follows
 * a step of the ladder, and what is sent to clean up.
 *
 * <p><b>What follows.</b> If the command returns 0, the signal is not sent. Every other end, a
 * command that cannot be started, and one that uses up its {@link #limit}, which is sent KILL: the
 * signal is sent. Both are told as events. The grace of a step of the stop ladder counts from the
 * order to run the command, and CONT is sent at once, as after a signal, so that a child that
 * stands still can do what the command asks of it. So a stop takes no longer than its ladder: when
 * the next step comes, or the child is stopped for another reason, a command that is still under
 * way is sent KILL, its result does not count any more, and its signal is not sent. The same when
 * the run ends. The next run waits for no command.
 *
 * <p><b>Once at a time.</b> A signal that is asked for again while its command is under way is left
 * to that command, as a signal that is pending is not sent twice. Commands of different signals are
 * under way beside each other; but CONT ends the command of STOP, and STOP that of CONT. A child
 * that is to be paused counts as paused from the order on, whatever its command does.
 *
 * <p><b>How.</b> As the child is run: its directory, environment and output, and the launch steps
 * that say where and as whom it runs, as the leader of a session and process group of its own. The
 * variable {@code MAINPID} is the process id of the child. Its stdin is empty; it has no
 * notification descriptor, notify socket or watchdog; a step that redirects stdout or stderr to a
 * file appends to it. What it leaves behind is treated as what the child leaves behind. It dies
 * with its host. A relative program is looked up as that of the child. The commands of a run are
 * those of the spec that it was launched with.
 *
 * @param programs what is run instead of which signal; executed as it is, never by a shell; at most
 *     64
 * @param limit how long each may take, counted from the order to start it; positive, at most a day
 */
public record SignalPrograms(SortedMap<Signal, Command> programs, Duration limit) {
  /** 5 s. */
  public static final Duration LIMIT_DEFAULT = Duration.ofSeconds(5);

  /** The longest limit: a day. */
  public static final Duration LIMIT_MAX = Duration.ofDays(1);

  /** The variable of the command's environment that has the process id of the child. */
  public static final String PID_VARIABLE = "MAINPID";

  /** As many signals as there are. */
  private static final int PROGRAMS_MAX = 64;

  private static final SignalPrograms NONE =
      new SignalPrograms(new TreeMap<>(byName()), LIMIT_DEFAULT);

  /**
   * Checks the limit and the number of programs.
   *
   * @throws InvalidSpecException with all problems
   */
  public SignalPrograms {
    SortedMap<Signal, Command> sorted = new TreeMap<>(byName());
    sorted.putAll(programs);
    programs = Collections.unmodifiableSortedMap(sorted);
    Problems problems = new Problems();
    if (limit.isNegative() || limit.isZero() || limit.compareTo(LIMIT_MAX) > 0) {
      problems.add(
          "signal programs: limit",
          limit.toString(),
          "must be positive and at most " + LIMIT_MAX.toHours() + " hours");
    }
    if (programs.size() > PROGRAMS_MAX) {
      problems.add(
          "signal programs", Integer.toString(programs.size()), "must be at most " + PROGRAMS_MAX);
    }
    problems.throwIfAny();
  }

  private static Comparator<Signal> byName() {
    return Comparator.comparing(Signal::name);
  }

  /** None: every signal is sent. */
  public static SignalPrograms none() {
    return NONE;
  }

  /** These, with a limit of 5 s each. */
  public static SignalPrograms of(Map<Signal, Command> programs) {
    SortedMap<Signal, Command> sorted = new TreeMap<>(byName());
    sorted.putAll(programs);
    return new SignalPrograms(sorted, LIMIT_DEFAULT);
  }

  /** These and this one; what was there for the signal is replaced. */
  public SignalPrograms with(Signal signal, Command program) {
    SortedMap<Signal, Command> more = new TreeMap<>(programs);
    more.put(signal, program);
    return new SignalPrograms(more, limit);
  }

  /**
   * Replaces how long each may take (default: 5 s).
   *
   * @throws InvalidSpecException if it is not positive or longer than a day
   */
  public SignalPrograms withLimit(Duration replacement) {
    return new SignalPrograms(programs, replacement);
  }

  /** What is run instead of this signal; empty if it is sent. */
  public Optional<Command> instead(Signal signal) {
    return Optional.ofNullable(programs.get(signal));
  }
}
