package org.jsupervisor.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Signal;

/**
 * How one run of a simulated process behaves. Immutable; each method returns a changed copy.
 *
 * <p>{@link #runs()} lives until a signal ends it, as a program without handlers does: most signals
 * end it at once, {@code CHLD CONT STOP TSTP TTIN TTOU URG WINCH} do not. If it has an input that
 * can end, it reads it all at once, and returns 0 at its end.
 *
 * @param launchTakes from the order to its outcome
 * @param failure why the launch fails; empty if it does not
 * @param acts what it does by itself, by the time since its launch
 * @param ignored signals that do not end it
 * @param atEndOfInput what it does when its input ends, if that can end
 * @param dyingTakes from a deadly signal, or the end of its input, to the end
 * @param reportTakes from the end to its report
 */
public record SimulatedProgram(
    Duration launchTakes,
    List<LaunchFailure> failure,
    List<Act> acts,
    Set<Signal> ignored,
    AtEndOfInput atEndOfInput,
    Duration dyingTakes,
    Duration reportTakes) {
  /** A launch that takes this long, or longer, has no outcome. */
  public static final Duration FOREVER = Duration.ofDays(36_500);

  private static final SimulatedProgram RUNS =
      new SimulatedProgram(
          Duration.ZERO,
          List.of(),
          List.of(),
          Set.of(),
          AtEndOfInput.ENDS,
          Duration.ZERO,
          Duration.ZERO);

  /** Copies the lists; at most one failure. */
  public SimulatedProgram {
    failure = List.copyOf(failure);
    acts = List.copyOf(acts);
    ignored = Set.copyOf(ignored);
    if (failure.size() > 1) {
      throw new IllegalArgumentException("simulated program: at most one launch failure");
    }
    requireNotNegative("launch time", launchTakes);
    requireNotNegative("dying time", dyingTakes);
    requireNotNegative("report time", reportTakes);
    acts.forEach(act -> requireNotNegative("time of " + act, act.after()));
  }

  private static void requireNotNegative(String what, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "simulated program: " + what + " must not be negative, was " + time);
    }
  }

  /** What a program does when it has read its input to the end. */
  public enum AtEndOfInput {
    /** It returns 0. */
    ENDS,
    /** It lives on. */
    GOES_ON
  }

  /** Something that a process does by itself. */
  public sealed interface Act {
    /** When, since its launch. */
    Duration after();
  }

  /** It ends. */
  public record Ends(Duration after, ExitStatus status) implements Act {}

  /** It tells the platform something. */
  public sealed interface Tells extends Act {
    /** What the platform reports of this run. */
    PlatformReport report(Incarnation run);
  }

  /** It says that it is ready; or the probe that is asked about it does. */
  public record Notifies(Duration after) implements Tells {
    @Override
    public PlatformReport report(Incarnation run) {
      return new PlatformReport.Notified(run);
    }
  }

  /** It gives a sign of life. */
  public record Pings(Duration after) implements Tells {
    @Override
    public PlatformReport report(Incarnation run) {
      return new PlatformReport.Pinged(run);
    }
  }

  /** It says that it is ill. */
  public record Ails(Duration after) implements Tells {
    @Override
    public PlatformReport report(Incarnation run) {
      return new PlatformReport.Ailing(run);
    }
  }

  /** It asks for more time for what it is doing. */
  public record AsksForTime(Duration after, Duration by) implements Tells {
    @Override
    public PlatformReport report(Incarnation run) {
      return new PlatformReport.MoreTime(run, by);
    }
  }

  /** It says something of itself. */
  public record Says(Duration after, Notice notice) implements Tells {
    @Override
    public PlatformReport report(Incarnation run) {
      return new PlatformReport.Said(run, notice);
    }
  }

  /** It writes. */
  public record Writes(Duration after, String text) implements Act {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Lives until a signal ends it. */
  public static SimulatedProgram runs() {
    return RUNS;
  }

  /** Cannot be launched. */
  public static SimulatedProgram failsToLaunch(LaunchFailure failure) {
    return new SimulatedProgram(
        RUNS.launchTakes,
        List.of(failure),
        RUNS.acts,
        RUNS.ignored,
        RUNS.atEndOfInput,
        RUNS.dyingTakes,
        RUNS.reportTakes);
  }

  /** Nobody ever hears what came of its launch. */
  public static SimulatedProgram hangs() {
    return RUNS.launchTaking(FOREVER);
  }

  /** Returns this exit code after this time. */
  public SimulatedProgram exits(int code, Duration after) {
    return with(new Ends(after, new ExitStatus.Exited(code)));
  }

  /**
   * Ends so after this time: for a task, which returns ({@link ExitStatus.Completed}) or throws
   * ({@link ExitStatus.Threw}).
   */
  public SimulatedProgram ends(ExitStatus status, Duration after) {
    return with(new Ends(after, status));
  }

  /** Is ended by this signal, which it gets from itself or from a stranger, after this time. */
  public SimulatedProgram diesOf(Signal signal, Duration after) {
    return with(new Ends(after, new ExitStatus.Signalled(signal, false)));
  }

  /** Says that it is ready after this time. */
  public SimulatedProgram notifies(Duration after) {
    return with(new Notifies(after));
  }

  /** Gives so many signs of life, this time apart, the first after this time. */
  public SimulatedProgram pings(Duration every, int times) {
    SimulatedProgram program = this;
    for (int n = 1; n <= times; n++) {
      program = program.with(new Pings(every.multipliedBy(n)));
    }
    return program;
  }

  /** Says that it is ill after this time. */
  public SimulatedProgram ails(Duration after) {
    return with(new Ails(after));
  }

  /** Asks for so much more time, after this time. */
  public SimulatedProgram asksForTime(Duration by, Duration after) {
    return with(new AsksForTime(after, by));
  }

  /** Says this of itself after this time. */
  public SimulatedProgram says(Notice notice, Duration after) {
    return with(new Says(after, notice));
  }

  /** Writes this text after this time. */
  public SimulatedProgram writes(String text, Duration after) {
    return with(new Writes(after, text));
  }

  /**
   * Is not ended by these signals; KILL can be among them, for a process that cannot be killed. To
   * a task the interrupt is INT.
   */
  public SimulatedProgram ignoring(Signal... signals) {
    return new SimulatedProgram(
        launchTakes, failure, acts, Set.of(signals), atEndOfInput, dyingTakes, reportTakes);
  }

  /** Is not ended by the end of its input. */
  public SimulatedProgram ignoringEndOfInput() {
    return new SimulatedProgram(
        launchTakes, failure, acts, ignored, AtEndOfInput.GOES_ON, dyingTakes, reportTakes);
  }

  /** Takes this long to be launched. */
  public SimulatedProgram launchTaking(Duration time) {
    return new SimulatedProgram(
        time, failure, acts, ignored, atEndOfInput, dyingTakes, reportTakes);
  }

  /** Takes this long to die of a signal. */
  public SimulatedProgram dyingTaking(Duration time) {
    return new SimulatedProgram(
        launchTakes, failure, acts, ignored, atEndOfInput, time, reportTakes);
  }

  /** Its end is reported so long after it has happened. */
  public SimulatedProgram reportTaking(Duration time) {
    return new SimulatedProgram(
        launchTakes, failure, acts, ignored, atEndOfInput, dyingTakes, time);
  }

  private SimulatedProgram with(Act act) {
    List<Act> more = new ArrayList<>(acts);
    more.add(act);
    return new SimulatedProgram(
        launchTakes, failure, more, ignored, atEndOfInput, dyingTakes, reportTakes);
  }
}
