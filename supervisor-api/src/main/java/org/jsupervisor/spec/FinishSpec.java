package org.jsupervisor.spec;

import java.time.Duration;
import org.jsupervisor.policy.ExitSet;

/**
 * A command that is run after each end of a child's run, before the child is started again or
 * counts as down: the {@code finish} of runit and s6, the {@code reset} of perp's {@code rc.main},
 * systemd's {@code ExecStopPost}. Immutable.
 *
 * <p><b>When.</b> Once after each run that was really launched, however it ended and whoever wanted
 * that: by itself, by a signal, by its stop, by KILL. Never after a launch that failed, since there
 * was no run (runit tells its {@code finish} of that, as {@code 111 0}). It is that of the spec
 * which the run was launched with. Until it has ended, the child is {@link
 * org.jsupervisor.snapshot.Phase#FINISHING FINISHING}: it is not started, does not count as down,
 * and holds up the stop of its group or tree. What is asked of the child meanwhile is done when the
 * command is over. The end of the run itself is told at once, before the command is started.
 *
 * <p><b>How.</b> As the child is run: its directory, environment, output and launch steps, as the
 * leader of a session and process group of its own. Not so: its stdin is empty; it has no
 * notification descriptor, notify socket or watchdog; the steps {@code lock}, {@code pre-launch}
 * and {@code argument-zero} are left out, and so is a {@code redirect} of stdin; a redirect that
 * empties its file appends to it. What it leaves behind is treated as what the child leaves behind;
 * but it dies with its host, also if the child would not. Its output is that of the incarnation
 * {@link org.jsupervisor.process.Incarnation#finish} of the run.
 *
 * <p><b>Arguments.</b> The words of the command, then those of its {@link Style}, which may set
 * variables instead. A relative program is looked up as that of the child.
 *
 * <p><b>Limit.</b> It may take {@link #limit}, counted from the order to start it. Then its process
 * group is sent KILL, and after the {@linkplain StopSpec#killWait kill wait} of the child it is not
 * waited for any more. So it puts off the next start, or the end of a stop, by at most the limit
 * and the kill wait. While a supervisor above, or the tree, is being stopped, it has at most the
 * time that the {@linkplain StopSpec#total stop} of the child may take, counted from its order or
 * from the moment when the child's own supervisor begins to stop; a stop of the child alone leaves
 * it the whole limit. If a supervisor above has no time left to stop, it has the kill wait at most,
 * then KILL. A child that could not be killed and ends later holds up only its own next start, and
 * the end of the tree.
 *
 * <p><b>What follows.</b> An exit code in {@link #never} is a permanent failure: the child is
 * {@link org.jsupervisor.snapshot.Phase#FAILED FAILED} until somebody wants it up, as after an exit
 * that is never followed by a restart; unless it is to be down anyhow, or somebody has asked for
 * another run, or has given it another definition, since its run ended; a temporary child is
 * forgotten. Every other end has no influence: what follows is decided by the end of the run alone,
 * as if there were no finish. One that cannot be started, returns another code than 0, is ended by
 * a signal or used up its limit, is told as an event.
 *
 * @param command the program and its fixed words; executed as it is, never by a shell
 * @param style which facts of the end it is told, and how
 * @param limit how long it may take; positive, at most a day. There is no unlimited one: a format
 *     that knows one takes {@link #LIMIT_MAX}, or refuses it
 * @param never the exit codes with which it says that the child is not to be started again; codes
 *     only
 * @param clean the ends of a run that {@link Style#SYSTEMD} calls a success; without meaning in
 *     other styles
 */
public record FinishSpec(
    Command command, Style style, Duration limit, ExitSet never, ExitSet clean) {
  /** 5 s, as s6 has it. */
  public static final Duration LIMIT_DEFAULT = Duration.ofSeconds(5);

  /** The longest limit: a day. */
  public static final Duration LIMIT_MAX = Duration.ofDays(1);

  /** The most arguments that a style appends. */
  private static final int FACTS_MAX = 4;

  /**
   * Which facts of the end of a run it is told: each as one argument behind the fixed words, if
   * nothing else is said. Numbers are decimal. Signals have the numbers of the platform; 0 stands
   * for one that the platform does not know, and for an end of which nothing is known ({@link
   * org.jsupervisor.process.ExitStatus.Lost}), which is told as one by a signal.
   */
  public enum Style {
    /** None. */
    NONE,
    /**
     * As runit: the exit code, or {@code -1} if there is none; the low byte of the wait status: 0
     * after an exit code, else the number of the signal, and 128 more if there is a core file.
     */
    RUNIT,
    /**
     * As s6: the exit code, or {@code 256} if there is none; the number of the signal, 0 after an
     * exit code; the last name of the child's address; the process group of the run, which may be
     * another's by now.
     */
    S6,
    /**
     * As perp, after its word {@code reset} and the name, which are fixed words here: {@code exit}
     * and the exit code; or {@code signal}, its number, and its name with {@code SIG}, such as
     * {@code SIGTERM}; {@code UNKNOWN} if nothing is known.
     */
    PERP,
    /**
     * As systemd, by variables and without arguments. {@code EXIT_CODE} is {@code exited}, {@code
     * killed} or {@code dumped}, {@code EXIT_STATUS} the exit code or the name of the signal
     * without {@code SIG}. {@code SERVICE_RESULT} is {@code watchdog}; {@code timeout}, if it was
     * not ready in its time or could be stopped by KILL only; {@code success}, if the end is in
     * {@link FinishSpec#clean}; else {@code exit-code}, {@code signal} or {@code core-dump}. None
     * of them is set if nothing is known of the end.
     */
    SYSTEMD;

    /** The codes that mean no restart in this style: 125 as in s6, in others there is none. */
    public ExitSet neverByDefault() {
      return switch (this) {
        case S6 -> ExitSet.S6_PERMANENT_FAILURE;
        case NONE, RUNIT, PERP, SYSTEMD -> ExitSet.NONE;
      };
    }

    /** The ends that are a success in this style: systemd's, in others there is none. */
    public ExitSet cleanByDefault() {
      return switch (this) {
        case SYSTEMD -> ExitSet.SYSTEMD_CLEAN;
        case NONE, RUNIT, S6, PERP -> ExitSet.NONE;
      };
    }
  }

  /**
   * Checks the limit, the codes, and that there is room for the facts.
   *
   * @throws InvalidSpecException with all problems
   */
  public FinishSpec {
    Problems problems = new Problems();
    if (limit.isNegative() || limit.isZero() || limit.compareTo(LIMIT_MAX) > 0) {
      problems.add(
          "finish: limit",
          limit.toString(),
          "must be positive and at most " + LIMIT_MAX.toHours() + " hours");
    }
    if (!never.signals().isEmpty() || !never.classes().isEmpty()) {
      problems.add("finish: never", never.toString(), "must be exit codes only");
    }
    int words = command.argv().size();
    if (words > Command.ARGUMENTS_MAX - FACTS_MAX) {
      problems.add(
          "finish: command",
          Integer.toString(words),
          "must have at most " + (Command.ARGUMENTS_MAX - FACTS_MAX) + " elements");
    }
    problems.throwIfAny();
  }

  /**
   * This command with the facts in this style, with a limit of 5 s and the codes of the style.
   *
   * @throws InvalidSpecException if the command is not one
   */
  public static FinishSpec of(Style style, String program, String... words) {
    return of(style, Command.of(program, words));
  }

  /** This command with the facts in this style, with a limit of 5 s and the codes of the style. */
  public static FinishSpec of(Style style, Command command) {
    return new FinishSpec(
        command, style, LIMIT_DEFAULT, style.neverByDefault(), style.cleanByDefault());
  }

  /**
   * Replaces how long it may take (default: 5 s).
   *
   * @throws InvalidSpecException if it is not positive or longer than a day
   */
  public FinishSpec withLimit(Duration replacement) {
    return new FinishSpec(command, style, replacement, never, clean);
  }

  /**
   * Replaces the exit codes that mean no restart (default: those of the style).
   *
   * @throws InvalidSpecException if the set has other ends than exit codes
   */
  public FinishSpec withNever(ExitSet replacement) {
    return new FinishSpec(command, style, limit, replacement, clean);
  }

  /** Replaces the ends that are a success (default: those of the style). */
  public FinishSpec withClean(ExitSet replacement) {
    return new FinishSpec(command, style, limit, never, replacement);
  }
}
