package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.WorkerSpec;

/** Each stop is over in its time: the child is dead, or is called unkillable. So is the tree's. */
final class StopBounds {
  private final Map<ChildId, Duration> ladders = new HashMap<>();
  private final Map<ChildId, Duration> stopping = new HashMap<>();
  private Duration stalled = Duration.ZERO;
  private Duration all = Duration.ZERO;
  private @Nullable Duration treeStops;

  void stalls(Duration length) {
    stalled = stalled.plus(length);
  }

  void launches(Incarnation run, WorkerSpec spec) {
    Duration total = total(spec);
    Duration before = ladders.getOrDefault(run.child(), Duration.ZERO);
    if (total.compareTo(before) > 0) {
      all = all.plus(total.minus(before));
    }
    // A launch that hangs is given up after its ladder, and a run that comes late has it anew.
    ladders.merge(run.child(), total, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** Who is ill is sent ABRT first; who asks for time has it, within a bound. */
  void reported(PlatformReport report) {
    if (report instanceof PlatformReport.Ailing || report instanceof PlatformReport.MoreTime) {
      Duration more = StopSpec.EXTENSION_MAX;
      all = all.plus(more);
      ladders.computeIfPresent(report.incarnation().child(), (child, total) -> total.plus(more));
    }
  }

  /** The longest that the stop of a run takes, with what is run after it. */
  private static Duration total(WorkerSpec spec) {
    return ladder(spec).plus(finish(spec));
  }

  private static Duration finish(WorkerSpec spec) {
    return spec instanceof ProcessSpec process && process.finish().isPresent()
        ? process.finish().get().limit().plus(process.stop().killWait())
        : Duration.ZERO;
  }

  /** The longest that the run itself takes to stop. */
  static Duration ladder(WorkerSpec spec) {
    if (spec instanceof ProcessSpec process) {
      StopSpec stop = process.stop();
      boolean hasAbort = process.watchdog().within().isPresent() && !stop.ladder().isEmpty();
      // What misses its watchdog is sent ABRT before, with the grace of the first step.
      return hasAbort ? stop.total().plus(stop.ladder().get(0).grace()) : stop.total();
    }
    // A task that is to be killed has as long as a process has by default, or its grace.
    Duration grace = ((TaskSpec) spec).grace();
    Duration hurried = StopSpec.defaults().killWait();
    return grace.compareTo(hurried) > 0 ? grace : hurried;
  }

  void hear(Duration now, SupervisorEvent event) {
    if (event instanceof SupervisorEvent.PhaseChanged changed) {
      boolean stops =
          changed.to() == Phase.STOPPING
              || changed.to() == Phase.KILLING
              || changed.to() == Phase.FINISHING;
      if (!stops) {
        stopping.remove(changed.child());
      } else if (ladders.containsKey(changed.child())) {
        stopping.putIfAbsent(changed.child(), now);
      }
    } else if (event instanceof SupervisorEvent.Removed) {
      ladders.remove(event.child());
      stopping.remove(event.child());
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      treeStops = changed.to() == TreePhase.STOPPING ? now : treeStops;
    }
  }

  void check(Duration now) {
    stopping.forEach(
        (child, began) -> {
          Duration bound = ladders.getOrDefault(child, Duration.ZERO).plus(stalled);
          BrokenInvariant.unless(
              now.minus(began).compareTo(bound) <= 0,
              child + " stops since " + Trace.text(began) + ", its ladder takes " + bound);
        });
  }

  void atEnd(Duration now, TreePhase phase) {
    if (treeStops != null && phase != TreePhase.STOPPED) {
      Duration bound = all.multipliedBy(2).plus(stalled);
      BrokenInvariant.unless(
          now.minus(treeStops).compareTo(bound) <= 0,
          "the tree stops since " + Trace.text(treeStops) + ", all ladders together take " + bound);
    }
  }
}
