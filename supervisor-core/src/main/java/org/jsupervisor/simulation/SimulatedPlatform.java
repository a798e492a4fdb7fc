package org.jsupervisor.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;

/**
 * A platform without processes, in virtual time: time passes only in {@link #poll}, and only as far
 * as the next thing that happens. The same calls give the same reports, always.
 *
 * <p>Programs are registered by name; a launch looks up the first word of the command. One that
 * nobody registered fails with {@code ENOENT}, as on a real system.
 *
 * <p>A process that was sent STOP stands still: what it was to do, and signals but KILL, wait for
 * CONT.
 *
 * <p>Not thread-safe: to be driven by its caller, with {@link
 * org.jsupervisor.core.SupervisorBuilder#startInvoked}. Where a real platform would sleep for ever,
 * it returns at once; see {@link #isQuiet}.
 */
public final class SimulatedPlatform implements Platform {
  private static final Set<Signal> HARMLESS =
      Set.of(
          new Signal("CHLD"),
          Signal.CONT,
          Signal.STOP,
          new Signal("TSTP"),
          new Signal("TTIN"),
          new Signal("TTOU"),
          new Signal("URG"),
          Signal.WINCH);

  private final Map<String, LongFunction<SimulatedProgram>> programs = new HashMap<>();
  private final Map<Incarnation, SimulatedProcess> alive = new HashMap<>();
  private final Set<Incarnation> seen = new HashSet<>();
  private final Set<OutputSink> retired = new HashSet<>();
  private final VirtualTime time;
  private final List<PlatformReport> due = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private long nextPid = 1000;
  private boolean wokenUp;

  /** What processes that were sent STOP will do when they are sent CONT. */
  private final Map<Incarnation, List<Runnable>> standing = new HashMap<>();

  private boolean closed;

  private record SimulatedProcess(
      Incarnation incarnation, SimulatedProgram program, OutputTarget output) {}

  /** A platform whose clock begins at this reading, which may be negative or close to overflow. */
  public SimulatedPlatform(long originNanos) {
    time = new VirtualTime(originNanos);
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

  /** What has happened so far, one line each: launches, signals, ends. */
  public List<String> trace() {
    return List.copyOf(trace);
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
    requireOpen();
    Incarnation incarnation = request.incarnation();
    requireContract(seen.add(incarnation), incarnation + " was launched before");
    requireContract(
        alive.keySet().stream().noneMatch(other -> other.child().equals(incarnation.child())),
        incarnation + " was launched while an older run lives");
    if (request.output() instanceof OutputTarget.Piped piped) {
      requireContract(!retired.contains(piped.sink()), "a retired sink is used again");
    }
    String name = request.spec().command().program();
    LongFunction<SimulatedProgram> program = programs.get(name);
    if (program == null) {
      program = run -> SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram(name));
    }
    SimulatedProcess process =
        new SimulatedProcess(incarnation, program.apply(incarnation.number()), request.output());
    trace("launch " + incarnation);
    time.after(process.program.launchTakes(), () -> launched(process));
  }

  private void launched(SimulatedProcess process) {
    if (!process.program.failure().isEmpty()) {
      trace("fail " + process.incarnation);
      due.add(
          new PlatformReport.LaunchFailed(process.incarnation, process.program.failure().get(0)));
      return;
    }
    alive.put(process.incarnation, process);
    due.add(new PlatformReport.Launched(process.incarnation, new Pid(nextPid++)));
    for (SimulatedProgram.Act act : process.program.acts()) {
      time.after(act.after(), () -> whenItGoesOn(process, () -> act(process, act)));
    }
  }

  private void act(SimulatedProcess process, SimulatedProgram.Act act) {
    if (!alive.containsKey(process.incarnation)) {
      return;
    }
    if (act instanceof SimulatedProgram.Ends ends) {
      end(process, ends.status());
    } else if (act instanceof SimulatedProgram.Notifies) {
      due.add(new PlatformReport.Notified(process.incarnation));
    } else if (act instanceof SimulatedProgram.Writes writes) {
      write(process, writes);
    }
  }

  private void write(SimulatedProcess process, SimulatedProgram.Writes writes) {
    if (process.output instanceof OutputTarget.Piped piped) {
      ByteBuffer bytes = ByteBuffer.wrap(writes.bytes());
      try {
        piped.sink().accept(new OutputSource(process.incarnation), bytes);
      } catch (IOException failure) {
        due.add(
            new PlatformReport.OutputLost(
                process.incarnation, bytes.remaining(), failure.toString()));
      }
    }
  }

  private void end(SimulatedProcess process, ExitStatus status) {
    if (alive.remove(process.incarnation) == null) {
      return;
    }
    standing.remove(process.incarnation);
    trace("end " + process.incarnation + " " + status.describe());
    due.add(new PlatformReport.Exited(process.incarnation, status));
    due.add(new PlatformReport.OutputEnded(process.incarnation));
  }

  /** As {@link #signal}: a simulated process has no group. */
  @Override
  public void stop(Incarnation incarnation, Signal signal) {
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
    trace("signal " + incarnation + " " + signal);
    if (signal.equals(Signal.STOP)) {
      standing.putIfAbsent(incarnation, new ArrayList<>());
    } else if (signal.equals(Signal.CONT)) {
      goOn(incarnation);
    } else if (!HARMLESS.contains(signal) && !process.program.ignored().contains(signal)) {
      ExitStatus status = new ExitStatus.Signalled(signal, false);
      Runnable dying = () -> time.after(process.program.dyingTakes(), () -> end(process, status));
      if (signal.equals(Signal.KILL)) {
        dying.run();
      } else {
        whenItGoesOn(process, dying);
      }
    }
  }

  private void whenItGoesOn(SimulatedProcess process, Runnable action) {
    List<Runnable> waiting = standing.get(process.incarnation);
    if (waiting == null) {
      action.run();
    } else {
      waiting.add(action);
    }
  }

  private void goOn(Incarnation incarnation) {
    List<Runnable> waiting = standing.remove(incarnation);
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  @Override
  public boolean supports(Signal signal) {
    return !signal.name().equals("EMT") && !signal.name().equals("INFO");
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

  /** Ends a run from outside, as an operator's {@code kill -9} does. */
  public void kill(ChildId child) {
    Optional<SimulatedProcess> victim =
        alive.values().stream().filter(p -> p.incarnation.child().equals(child)).findFirst();
    victim.ifPresent(process -> end(process, new ExitStatus.Signalled(Signal.KILL, false)));
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
    List.copyOf(alive.values())
        .forEach(process -> end(process, new ExitStatus.Signalled(Signal.KILL, false)));
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

  private void trace(String line) {
    trace.add(time.sinceOrigin().toMillis() + " ms " + line);
  }
}
