package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;

/**
 * The host of a simulation: its clock, the runs that it has, what happens to them as time passes,
 * and what is to be reported of that. It knows nothing of what the engine may ask: that is {@link
 * SimulatedPlatform}. Not thread-safe.
 */
final class SimulatedHost {
  private final Map<Incarnation, SimulatedProcess> launching = new LinkedHashMap<>();
  private final Map<Incarnation, SimulatedProcess> alive = new LinkedHashMap<>();

  /** The runs that were asked to end. */
  private final Set<Incarnation> asked = new HashSet<>();

  private final EndedInputs endedInputs = new EndedInputs();
  private final Standstill standstill = new Standstill();
  private final List<PlatformReport> due = new ArrayList<>();
  private final PlatformTrace trace = new PlatformTrace();
  private final VirtualTime time;
  private long nextPid = 1000;

  SimulatedHost(VirtualTime time) {
    this.time = time;
  }

  List<String> trace() {
    return trace.lines();
  }

  Set<Incarnation> alive() {
    return Set.copyOf(alive.keySet());
  }

  /** Whether there is a run, or one is coming. */
  boolean has(Incarnation run) {
    return alive.containsKey(run) || launching.containsKey(run);
  }

  /** Whether a report waits to be taken. */
  boolean hasReports() {
    return !due.isEmpty();
  }

  /** What is to be reported, once. */
  List<PlatformReport> takeReports() {
    List<PlatformReport> taken = List.copyOf(due);
    due.clear();
    return taken;
  }

  /** Hands a report over with the next poll, whether it is true or not. */
  void report(PlatformReport report) {
    due.add(report);
  }

  /** Whether something is to be reported at this very instant. */
  boolean isDue() {
    return hasReports() || time.isDue();
  }

  void launch(SimulatedProcess process) {
    trace("launch", process.incarnation(), "");
    launching.put(process.incarnation(), process);
    Duration takes = process.program().launchTakes();
    if (takes.compareTo(SimulatedProgram.FOREVER) < 0) {
      time.after(takes, () -> launched(process));
    }
  }

  private void launched(SimulatedProcess process) {
    if (launching.remove(process.incarnation()) == null) {
      return;
    }
    if (!process.program().failure().isEmpty()) {
      trace("fail", process.incarnation(), "");
      due.add(
          new PlatformReport.LaunchFailed(
              process.incarnation(), process.program().failure().get(0)));
      return;
    }
    alive.put(process.incarnation(), process);
    due.add(
        process.isTask()
            ? new PlatformReport.TaskStarted(process.incarnation())
            : new PlatformReport.Launched(process.incarnation(), new Pid(nextPid++)));
    for (SimulatedProgram.Act act : process.program().acts()) {
      time.after(
          act.after(),
          () -> standstill.whenItGoesOn(process.incarnation(), () -> act(process, act)));
    }
  }

  private void act(SimulatedProcess process, SimulatedProgram.Act act) {
    if (!process.equals(alive.get(process.incarnation()))) {
      return;
    }
    if (act instanceof SimulatedProgram.Ends ends) {
      end(process, ends.status());
    } else if (act instanceof SimulatedProgram.Tells tells) {
      due.add(tells.report(process.incarnation()));
    } else if (act instanceof SimulatedProgram.Writes writes) {
      process.write(writes).ifPresent(due::add);
    }
  }

  private void end(SimulatedProcess process, ExitStatus status) {
    if (alive.remove(process.incarnation()) == null) {
      return;
    }
    standstill.forget(process.incarnation());
    endedInputs.forget(process.incarnation());
    asked.remove(process.incarnation());
    trace("end", process.incarnation(), " " + status.describe());
    List<PlatformReport> reports =
        List.of(
            new PlatformReport.Exited(process.incarnation(), status),
            new PlatformReport.OutputEnded(process.incarnation()));
    if (process.program().reportTakes().isZero()) {
      due.addAll(reports);
    } else {
      time.after(process.program().reportTakes(), () -> due.addAll(reports));
    }
    endedInputs.runs().forEach(this::seeEndOfInput);
  }

  /** It is to end; nothing happens by that alone. */
  void ask(Incarnation run) {
    asked.add(run);
  }

  /** Which run this is, if it lives. */
  Optional<SimulatedProcess> find(Incarnation run) {
    return Optional.ofNullable(alive.get(run));
  }

  /** Nothing more is written to the run, but for what others write who still can. */
  void endInput(Incarnation run) {
    if (alive.containsKey(run) && endedInputs.end(run)) {
      trace("end-input", run, "");
      seeEndOfInput(run);
    }
  }

  boolean isInputOpen(Incarnation run) {
    return alive.containsKey(run) && !endedInputs.runs().contains(run);
  }

  /** Who feeds it and lives, or is being launched, holds its end off. */
  private void seeEndOfInput(Incarnation run) {
    SimulatedProcess reader = alive.get(run);
    boolean isFed =
        Stream.concat(alive.values().stream(), launching.values().stream())
            .anyMatch(other -> other.feeds(run.child()));
    if (reader == null
        || isFed
        || reader.program().atEndOfInput() == SimulatedProgram.AtEndOfInput.GOES_ON) {
      return;
    }
    standstill.whenItGoesOn(
        run,
        () ->
            time.after(reader.program().dyingTakes(), () -> end(reader, new ExitStatus.Exited(0))));
  }

  /** The same to a task as INT to a process. */
  void interrupt(Incarnation run) {
    SimulatedProcess task = alive.get(run);
    if (task == null) {
      return;
    }
    ask(run);
    trace("interrupt", run, "");
    if (!task.program().ignored().contains(Signal.INT)) {
      time.after(task.program().dyingTakes(), () -> end(task, task.abrupt()));
    }
  }

  void signal(Incarnation run, Signal signal) {
    SimulatedProcess process = alive.get(run);
    if (process == null) {
      return;
    }
    trace("signal", run, " " + signal);
    if (signal.equals(Signal.STOP)) {
      standstill.stop(run);
    } else if (signal.equals(Signal.CONT)) {
      standstill.goOn(run);
    } else if (process.isEndedBy(signal)) {
      ExitStatus status = new ExitStatus.Signalled(signal, false);
      Runnable dying = () -> time.after(process.program().dyingTakes(), () -> end(process, status));
      if (signal.equals(Signal.KILL)) {
        dying.run();
      } else {
        standstill.whenItGoesOn(run, dying);
      }
    }
  }

  /** Ends a run from outside; a task returns. Nothing happens if there is none. */
  void kill(ChildId child) {
    of(child).forEach(each -> end(each, each.abrupt()));
  }

  /** Ends all runs so. */
  void killAll() {
    List.copyOf(alive.values()).forEach(each -> end(each, each.abrupt()));
  }

  /** Ends a run now; nothing happens if there is none. */
  void end(ChildId child, ExitStatus status) {
    of(child).forEach(process -> end(process, status));
  }

  /** Its run, or what follows that; not what is run beside it instead of signals. */
  private List<SimulatedProcess> of(ChildId child) {
    return alive.values().stream()
        .filter(process -> process.incarnation().child().equals(child))
        .filter(process -> !process.incarnation().isSignalProgram())
        .toList();
  }

  /** A sign of life of the child's current run; nothing happens if there is none. */
  void ping(ChildId child) {
    of(child).forEach(process -> due.add(new PlatformReport.Pinged(process.incarnation())));
  }

  /**
   * From now on all that there is behaves: launches that are under way come out, whatever lives is
   * ready and lives until a signal ends it, and what was asked to end, ends.
   */
  void recover() {
    List.copyOf(launching.values()).forEach(process -> launched(process.behaving()));
    for (SimulatedProcess process : List.copyOf(alive.values())) {
      SimulatedProcess behaving = process.behaving();
      alive.put(process.incarnation(), behaving);
      if (!process.incarnation().isRun()) {
        end(behaving, new ExitStatus.Exited(0));
        continue;
      }
      due.add(new PlatformReport.Notified(process.incarnation()));
      if (asked.contains(process.incarnation())) {
        end(behaving, behaving.abrupt());
      }
    }
  }

  private void trace(String what, Incarnation run, String how) {
    trace.add(time.sinceOrigin(), what, run, how);
  }
}
