package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.TaskPlatform;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * A platform without processes, in virtual time: time passes only in {@link #poll}, and only as far
 * as the next thing that happens. The same calls give the same reports, always.
 *
 * <p>Programs are registered by name; a launch looks up the first word of the command. One that
 * nobody registered fails with {@code ENOENT}, as on a real system.
 *
 * <p>The body of a task is never called: a program with the name of the child says how it behaves.
 *
 * <p>A process that was sent STOP stands still: what it was to do, and signals but KILL, wait for
 * CONT.
 *
 * <p>Not thread-safe: to be driven by its caller, with {@link
 * org.jsupervisor.core.SupervisorBuilder#startInvoked}. Where a real platform would sleep for ever,
 * it returns at once; see {@link #isQuiet}.
 *
 * <p>Longer than other files: it keeps the whole contract of {@link TaskPlatform}, and checks that
 * the engine keeps its part.
 */
public final class SimulatedPlatform implements TaskPlatform {
  private final Map<String, LongFunction<SimulatedProgram>> programs = new HashMap<>();
  private final Function<Incarnation, Optional<SimulatedProgram>> script;
  private final Map<Incarnation, SimulatedProcess> launching = new LinkedHashMap<>();
  private final Map<Incarnation, SimulatedProcess> alive = new LinkedHashMap<>();

  /** The number of the newest run of each child. */
  private final Map<ChildId, Long> newest = new HashMap<>();

  private final Set<Incarnation> asked = new HashSet<>();
  private final Set<OutputSink> retired = new HashSet<>();
  private final VirtualTime time;
  private final List<PlatformReport> due = new ArrayList<>();
  private final PlatformTrace trace = new PlatformTrace();
  private long nextPid = 1000;
  private boolean wokenUp;

  private final Standstill standstill = new Standstill();

  private boolean closed;

  /** A platform whose clock begins at this reading, which may be negative or close to overflow. */
  public SimulatedPlatform(long originNanos) {
    this(originNanos, run -> Optional.empty());
  }

  /** A platform whose runs are told one by one how to behave, whatever their program. */
  SimulatedPlatform(long originNanos, Function<Incarnation, Optional<SimulatedProgram>> script) {
    this.time = new VirtualTime(originNanos);
    this.script = script;
  }

  /** A program that behaves the same in every run. */
  public SimulatedPlatform register(String name, SimulatedProgram program) {
    return register(name, run -> program);
  }

  /** A program whose behaviour depends on the number of the run, from 1. */
  public SimulatedPlatform register(String name, LongFunction<SimulatedProgram> program) {
    programs.put(name, program);
    return this;
  }

  /** What has happened lately, one line each: launches, signals, ends; the newest 10,000. */
  public List<String> trace() {
    return trace.lines();
  }

  /** The runs that have a process now. */
  public Set<Incarnation> alive() {
    return Set.copyOf(alive.keySet());
  }

  /** Whether nothing is due and nothing will happen by itself. */
  public boolean isQuiet() {
    return due.isEmpty() && time.isEmpty();
  }

  @Override
  public Ticker ticker() {
    return time::nowNanos;
  }

  @Override
  public void launch(LaunchRequest request) {
    for (OutputSink sink : request.output().sinks()) {
      requireContract(!retired.contains(sink), "a retired sink is used again");
    }
    launch(request.incarnation(), request.spec(), request.output());
  }

  @Override
  public void launchTask(Incarnation incarnation, TaskSpec spec) {
    launch(incarnation, spec, new OutputTarget.Null());
  }

  private void launch(Incarnation incarnation, WorkerSpec spec, OutputTarget output) {
    requireOpen();
    requireNewRun(incarnation);
    SimulatedProgram program =
        script.apply(incarnation).orElseGet(() -> registered(incarnation, spec));
    SimulatedProcess process = new SimulatedProcess(incarnation, spec.kind(), program, output);
    trace("launch", incarnation, "");
    launching.put(incarnation, process);
    if (program.launchTakes().compareTo(SimulatedProgram.FOREVER) < 0) {
      time.after(program.launchTakes(), () -> launched(process));
    }
  }

  private SimulatedProgram registered(Incarnation incarnation, WorkerSpec spec) {
    String name =
        spec instanceof ProcessSpec process
            ? process.command().program()
            : incarnation.child().name();
    return programs
        .getOrDefault(
            name, run -> SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram(name)))
        .apply(incarnation.number());
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
  }

  /** The same to a task as INT to a process: it ends, unless its program ignores that. */
  @Override
  public void interrupt(Incarnation incarnation) {
    requireOpen();
    SimulatedProcess task = alive.get(incarnation);
    if (task == null) {
      return;
    }
    asked.add(incarnation);
    trace("interrupt", incarnation, "");
    if (!task.program().ignored().contains(Signal.INT)) {
      time.after(task.program().dyingTakes(), () -> end(task, task.abrupt()));
    }
  }

  /** As {@link #signal}: a simulated process has no group. */
  @Override
  public void stop(Incarnation incarnation, Signal signal) {
    asked.add(incarnation);
    signal(incarnation, signal);
  }

  @Override
  public void signal(Incarnation incarnation, Signal signal) {
    requireOpen();
    if (!supports(signal)) {
      throw new IllegalArgumentException("the simulated platform has no signal " + signal);
    }
    SimulatedProcess process = alive.get(incarnation);
    if (process == null) {
      return;
    }
    trace("signal", incarnation, " " + signal);
    if (signal.equals(Signal.STOP)) {
      standstill.stop(incarnation);
    } else if (signal.equals(Signal.CONT)) {
      standstill.goOn(incarnation);
    } else if (process.isEndedBy(signal)) {
      ExitStatus status = new ExitStatus.Signalled(signal, false);
      Runnable dying = () -> time.after(process.program().dyingTakes(), () -> end(process, status));
      if (signal.equals(Signal.KILL)) {
        dying.run();
      } else {
        standstill.whenItGoesOn(process.incarnation(), dying);
      }
    }
  }

  @Override
  public boolean supports(Signal signal) {
    return !signal.name().equals("EMT") && !signal.name().equals("INFO");
  }

  /** No probe is run in virtual time: a program that notifies is one whose probe succeeds. */
  @Override
  public boolean answersProbes() {
    return true;
  }

  @Override
  public void retire(OutputSink sink) {
    requireContract(retired.add(sink), "a sink is retired twice");
  }

  /** Lets time pass as far as the next thing that happens, at most the timeout. */
  @Override
  public void poll(long timeoutNanosMax, Consumer<PlatformReport> reports) {
    requireOpen();
    if (due.isEmpty() && !wokenUp) {
      time.advance(timeoutNanosMax);
    }
    wokenUp = false;
    time.runDue();
    List<PlatformReport> handed = List.copyOf(due);
    due.clear();
    handed.forEach(reports);
  }

  /** Lets time pass without anything being noticed, as when the host is stopped or overloaded. */
  public void stall(Duration length) {
    time.jump(length);
  }

  /** Ends a run from outside, as an operator's {@code kill -9} does; a task returns. */
  public void kill(ChildId child) {
    List.copyOf(alive.values()).stream()
        .filter(each -> each.incarnation().child().equals(child))
        .forEach(each -> end(each, each.abrupt()));
  }

  /** Ends a run now; nothing happens if there is none. */
  void end(ChildId child, ExitStatus status) {
    List.copyOf(alive.values()).stream()
        .filter(process -> process.incarnation().child().equals(child))
        .forEach(process -> end(process, status));
  }

  /** A sign of life of the child's current run; nothing happens if there is none. */
  void ping(ChildId child) {
    List.copyOf(alive.keySet()).stream()
        .filter(run -> run.child().equals(child))
        .forEach(run -> due.add(new PlatformReport.Pinged(run)));
  }

  /** Hands a report over with the next poll, whether it is true or not. */
  void report(PlatformReport report) {
    due.add(report);
  }

  /** Whether something is to be reported at this very instant. */
  boolean isDue() {
    return !due.isEmpty() || time.isDue();
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
      due.add(new PlatformReport.Notified(process.incarnation()));
      if (asked.contains(process.incarnation())) {
        end(behaving, behaving.abrupt());
      }
    }
  }

  @Override
  public void wakeUp() {
    wokenUp = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    List.copyOf(alive.values()).forEach(process -> end(process, process.abrupt()));
    closed = true;
  }

  private void requireOpen() {
    requireContract(!closed, "the platform is closed");
  }

  private void requireContract(boolean holds, String breach) {
    if (!holds) {
      throw new IllegalStateException("the engine broke the platform's contract: " + breach);
    }
  }

  private void requireNewRun(Incarnation run) {
    Long before = newest.put(run.child(), run.number());
    if (before == null) {
      return;
    }
    Incarnation older = new Incarnation(run.child(), before);
    if (before >= run.number()) {
      requireContract(false, run + " was launched before");
    } else if (alive.containsKey(older) || launching.containsKey(older)) {
      requireContract(false, run + " was launched while an older run lives");
    }
  }

  private void trace(String what, Incarnation run, String how) {
    trace.add(time.sinceOrigin(), what, run, how);
  }
}
