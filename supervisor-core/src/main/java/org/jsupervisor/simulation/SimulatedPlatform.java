package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.InputSpec;
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
 * <p>What is run after a run is a program like others; {@link #register(String, LongFunction)} is
 * asked for it with the number of that run. So is what is run instead of a signal; it is asked for
 * with a number of its own.
 *
 * <p>What a process writes to a sibling goes nowhere; but the end of that input comes when the last
 * who could write to it has ended.
 *
 * <p>It checks that the engine keeps its part of the contract of {@link TaskPlatform}, and throws
 * if it does not.
 */
public final class SimulatedPlatform implements TaskPlatform {
  private final Map<String, LongFunction<SimulatedProgram>> programs = new HashMap<>();
  private final Function<Incarnation, Optional<SimulatedProgram>> script;

  /** The number of the newest run of each child. */
  private final Map<ChildId, Long> newest = new HashMap<>();

  private final Set<OutputSink> retired = new HashSet<>();
  private final VirtualTime time;
  private final SimulatedHost host;
  private boolean wokenUp;
  private boolean closed;

  /** A platform whose clock begins at this reading, which may be negative or close to overflow. */
  public SimulatedPlatform(long originNanos) {
    this(originNanos, run -> Optional.empty());
  }

  /** A platform whose runs are told one by one how to behave, whatever their program. */
  SimulatedPlatform(long originNanos, Function<Incarnation, Optional<SimulatedProgram>> script) {
    this.time = new VirtualTime(originNanos);
    this.host = new SimulatedHost(time);
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
    return host.trace();
  }

  /** The runs that have a process now. */
  public Set<Incarnation> alive() {
    return host.alive();
  }

  /** Whether nothing is due and nothing will happen by itself. */
  public boolean isQuiet() {
    return !host.hasReports() && time.isEmpty();
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
    launch(request.incarnation(), request.spec(), request.spec().input(), request.output());
  }

  @Override
  public void launchTask(Incarnation incarnation, TaskSpec spec) {
    launch(incarnation, spec, InputSpec.none(), new OutputTarget.Null());
  }

  private void launch(
      Incarnation incarnation, WorkerSpec spec, InputSpec input, OutputTarget output) {
    requireOpen();
    requireNewRun(incarnation);
    SimulatedProgram program =
        script.apply(incarnation).orElseGet(() -> registered(incarnation, spec));
    host.launch(new SimulatedProcess(incarnation, spec.kind(), program, input, output));
  }

  private SimulatedProgram registered(Incarnation incarnation, WorkerSpec spec) {
    String name =
        spec instanceof ProcessSpec process
            ? process.command().program()
            : incarnation.child().name();
    return programs
        .getOrDefault(
            name, run -> SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram(name)))
        .apply(incarnation.run().number());
  }

  /** The same to a task as INT to a process: it ends, unless its program ignores that. */
  @Override
  public void interrupt(Incarnation incarnation) {
    requireOpen();
    host.interrupt(incarnation);
  }

  /** As {@link #signal}: a simulated process has no group. */
  @Override
  public void stop(Incarnation incarnation, Signal signal) {
    host.ask(incarnation);
    signal(incarnation, signal);
  }

  @Override
  public void endInput(Incarnation incarnation) {
    requireOpen();
    Optional<SimulatedProcess> run = host.find(incarnation);
    requireContract(
        run.filter(process -> !process.input().canBeEnded()).isEmpty(),
        incarnation + " has no input that can be ended");
    run.ifPresent(process -> host.ask(incarnation));
    host.endInput(incarnation);
  }

  @Override
  public Optional<ChildInput> input(Incarnation incarnation) {
    return host.find(incarnation)
        .filter(process -> process.input().kind() == InputSpec.Kind.WRITTEN)
        .map(process -> new SimulatedInput(incarnation, host));
  }

  /** The pipes of siblings have no place here: what is written to one is gone. */
  @Override
  public void retireInput(ChildId consumer) {
    requireOpen();
  }

  @Override
  public void signal(Incarnation incarnation, Signal signal) {
    requireOpen();
    if (!supports(signal)) {
      throw new IllegalArgumentException("the simulated platform has no signal " + signal);
    }
    host.signal(incarnation, signal);
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
    if (!host.hasReports() && !wokenUp) {
      time.advance(timeoutNanosMax);
    }
    wokenUp = false;
    time.runDue();
    host.takeReports().forEach(reports);
  }

  /** Lets time pass without anything being noticed, as when the host is stopped or overloaded. */
  public void stall(Duration length) {
    time.jump(length);
  }

  /** Ends a run from outside, as an operator's {@code kill -9} does; a task returns. */
  public void kill(ChildId child) {
    host.kill(child);
  }

  /** What happens to the runs behind the back of the engine. */
  SimulatedHost host() {
    return host;
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
    host.killAll();
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
    if (run.isFinish()) {
      requireContract(!host.has(run.run()), run + " is launched while its run lives");
      requireContract(!host.has(run), run + " was launched before");
      return;
    }
    if (run.isSignalProgram()) {
      requireContract(!host.has(run), run + " was launched before");
      return;
    }
    Long before = newest.put(run.child(), run.number());
    if (before == null) {
      return;
    }
    Incarnation older = new Incarnation(run.child(), before);
    if (before >= run.number()) {
      requireContract(false, run + " was launched before");
    } else if (host.has(older)) {
      requireContract(false, run + " was launched while an older run lives");
    }
  }
}
