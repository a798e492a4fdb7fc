package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * The platform's side of a {@link Driver}: launches come out and stops end their runs, in the order
 * in which they were ordered, unless a test says otherwise. It writes down what is done to the
 * workers.
 */
final class ObedientWorld {
  private final List<String> trace = new ArrayList<>();
  private final Queue<Input> reports = new ArrayDeque<>();
  private final Map<ChildId, Long> armed = new LinkedHashMap<>();
  private final Map<ChildId, Incarnation> runs = new HashMap<>();
  private final Set<ChildId> tasks = new HashSet<>();
  private final Set<Incarnation> leaving = new HashSet<>();
  private final Set<ChildId> slowToLaunch = new HashSet<>();
  private final Map<ChildId, Integer> denied = new HashMap<>();
  private final Set<ChildId> deaf = new HashSet<>();
  private final Set<ChildId> immortal = new HashSet<>();

  void slowToLaunch(ChildId child) {
    slowToLaunch.add(child);
  }

  void denyLaunches(ChildId child, int times) {
    denied.put(child, times);
  }

  void deaf(ChildId child) {
    deaf.add(child);
  }

  void immortal(ChildId child) {
    immortal.add(child);
    deaf.add(child);
  }

  /** A launch that was slow comes out. */
  void launchComes(ChildId child) {
    slowToLaunch.remove(child);
    reports.add(launched(runs.get(child)));
  }

  void launchFails(ChildId child) {
    slowToLaunch.remove(child);
    reports.add(failed(runs.get(child)));
  }

  /** Its run ends by itself, unless it does already. */
  void ends(ChildId child, ExitStatus status) {
    Incarnation run = runs.get(child);
    if (leaving.add(run)) {
      reports.add(new Input.Exited(run, status));
    }
  }

  static Input failed(Incarnation run) {
    return new Input.LaunchFailed(
        run, new LaunchFailure(LaunchFault.CHILD, "ENOENT", "program", "no"));
  }

  private Input launched(Incarnation run) {
    return tasks.contains(run.child())
        ? new Input.TaskStarted(run)
        : new Input.Launched(run, new Pid(42));
  }

  /** What it reports next, in order, or else what is due now; null if nothing. */
  @Nullable Input next(long nowNanos) {
    Input report = reports.poll();
    if (report != null) {
      return report;
    }
    ChildId next = nextDue(nowNanos);
    return next == null ? null : due(next);
  }

  /** The first deadline that is not after this time, in the order in which they were armed. */
  @Nullable ChildId nextDue(long end) {
    ChildId next = null;
    for (Map.Entry<ChildId, Long> each : armed.entrySet()) {
      boolean sooner = next == null || each.getValue() - armed.get(next) < 0;
      if (each.getValue() - end <= 0 && sooner) {
        next = each.getKey();
      }
    }
    return next;
  }

  /** The deadline of this child has come. */
  Input.Deadline due(ChildId child) {
    return new Input.Deadline(child, armed.remove(child));
  }

  /** An end that the machine is about to hear of. */
  void told(Input input) {
    if (input instanceof Input.Exited exited) {
      trace.add("end " + exited.child());
      runs.remove(exited.child(), exited.incarnation());
    } else if (input instanceof Input.LaunchFailed failed) {
      trace.add("fail " + failed.child());
      runs.remove(failed.child(), failed.incarnation());
    }
  }

  void obey(Effect effect) {
    if (effect instanceof Effect.Launch launch) {
      launch(launch.incarnation(), launch.spec());
    } else if (effect instanceof Effect.Stop stop) {
      stop(stop.incarnation(), stop.signal());
    } else if (effect instanceof Effect.EndInput end) {
      endInput(end.incarnation());
    } else if (effect instanceof Effect.RetireInput retire) {
      trace.add("retire input of " + retire.child());
    } else if (effect instanceof Effect.Interrupt interrupt) {
      interrupt(interrupt.incarnation());
    } else if (effect instanceof Effect.Arm arm) {
      armed.put(arm.child(), arm.deadlineNanos());
    } else if (effect instanceof Effect.Disarm disarm) {
      armed.remove(disarm.child());
    }
  }

  private void launch(Incarnation run, WorkerSpec spec) {
    trace.add("start " + run.child());
    assertThat(runs.put(run.child(), run)).as("a second run of %s", run.child()).isNull();
    if (spec.kind() == ChildSpec.Kind.TASK) {
      tasks.add(run.child());
    } else {
      tasks.remove(run.child());
    }
    int denials = denied.getOrDefault(run.child(), 0);
    if (denials > 0) {
      denied.put(run.child(), denials - 1);
      reports.add(failed(run));
    } else if (!slowToLaunch.contains(run.child())) {
      reports.add(launched(run));
    }
  }

  private void interrupt(Incarnation run) {
    trace.add("interrupt " + run.child());
    if (!deaf.contains(run.child()) && leaving.add(run)) {
      reports.add(new Input.Exited(run, new ExitStatus.Completed()));
    }
  }

  /** Nobody holds it off here: whether somebody could is what the machine has to know. */
  private void endInput(Incarnation run) {
    trace.add("end input of " + run.child());
    if (!deaf.contains(run.child())) {
      ends(run.child(), new ExitStatus.Exited(0));
    }
  }

  private void stop(Incarnation run, Signal signal) {
    boolean kill = signal.equals(Signal.KILL);
    trace.add((kill ? "kill " : "stop ") + run.child());
    boolean hears = !(kill ? immortal : deaf).contains(run.child());
    if (hears && leaving.add(run)) {
      reports.add(new Input.Exited(run, new ExitStatus.Signalled(signal, false)));
    }
  }

  /** What was done since it was asked last. */
  List<String> takeTrace() {
    List<String> taken = List.copyOf(trace);
    trace.clear();
    return taken;
  }

  @Override
  public String toString() {
    return trace.toString();
  }
}
