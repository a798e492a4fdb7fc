package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.WorkerSpec;

/** No run with a watchdog goes on for longer than it may be silent, unless it stands still. */
final class SilenceBounds {
  private final Map<Incarnation, Duration> within = new HashMap<>();

  /** From when on it may be silent; there is an entry when it is ready. */
  private final Map<Incarnation, Duration> heard = new HashMap<>();

  /** What has been reported of it since the last check. */
  private final Map<Incarnation, Duration> reported = new HashMap<>();

  private final Set<ChildId> continued = new HashSet<>();
  private Duration stalled = Duration.ZERO;

  void stalls(Duration length) {
    stalled = stalled.plus(length);
  }

  void launches(Incarnation run, WorkerSpec spec) {
    within.keySet().removeIf(old -> old.child().equals(run.child()));
    heard.keySet().removeIf(old -> old.child().equals(run.child()));
    if (spec instanceof ProcessSpec process) {
      process.watchdog().within().ifPresent(time -> within.put(run, time));
    }
  }

  void reported(PlatformReport report) {
    if (report instanceof PlatformReport.Pinged ping) {
      reported.merge(ping.incarnation(), Duration.ZERO, SilenceBounds::later);
    } else if (report instanceof PlatformReport.MoreTime more) {
      // It may be silent for what it asked for, not for that and its usual time.
      Duration usual = within.getOrDefault(more.incarnation(), Duration.ZERO);
      reported.merge(more.incarnation(), more.by().minus(usual), SilenceBounds::later);
    }
  }

  void hear(Duration now, SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Ready ready) {
      heard.put(ready.incarnation(), now);
    } else if (event instanceof SupervisorEvent.SignalSent sent
        && sent.signal().equals(Signal.CONT)) {
      continued.add(sent.incarnation().child());
    }
  }

  /** After a cycle. */
  void check(Duration now, TreeSnapshot tree) {
    reported.forEach(
        (run, more) -> heard.computeIfPresent(run, (r, was) -> later(was, now.plus(more))));
    reported.clear();
    heard.replaceAll((run, was) -> continued.contains(run.child()) ? later(was, now) : was);
    continued.clear();
    tree.children().forEach(child -> check(now, child));
  }

  private void check(Duration now, ChildSnapshot child) {
    if (child.phase() != Phase.RUNNING
        || child.paused()
        || !(child.run() instanceof Run.Live live)
        || !within.containsKey(live.incarnation())
        || !heard.containsKey(live.incarnation())) {
      return;
    }
    Duration bound = within.get(live.incarnation()).plus(stalled);
    Duration silent = now.minus(heard.get(live.incarnation()));
    BrokenInvariant.unless(
        silent.compareTo(bound) <= 0,
        live.incarnation() + " goes on, but is silent for " + Trace.text(silent));
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
