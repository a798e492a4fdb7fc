package org.jsupervisor.simulation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.spec.WorkerSpec;

/**
 * Nothing is launched before all that it depends on is there, and nothing that cannot go on without
 * a sibling does so when that is lost. Whether a sibling has to complete is known of the scenario's
 * tree; of one that was defined later, each of the two counts.
 */
final class NeedsMet {
  private final KnownSpecs specs;

  NeedsMet(KnownSpecs specs) {
    this.specs = specs;
  }

  /** With the tree as it is after the step that has ordered the launch. */
  void launches(Incarnation run, WorkerSpec spec, Map<ChildId, ChildSnapshot> tree) {
    ChildId lead = run.child().parent().orElseThrow();
    ChildSnapshot child = tree.get(run.child());
    Instant since = child == null ? Instant.MAX : child.since();
    for (Dependency dependency : spec.dependencies()) {
      ChildId on = lead.child(dependency.on());
      ChildSnapshot needed = tree.get(on);
      BrokenInvariant.unless(
          needed != null && isThere(needed, tree, since),
          run + " is launched, but " + on + ", which it depends on, is not there");
    }
  }

  private boolean isThere(ChildSnapshot child, Map<ChildId, ChildSnapshot> tree, Instant launched) {
    if (child.phase() == Phase.FINISHED) {
      return completes(child.id(), true);
    }
    return child.phase() == Phase.RUNNING
        && child.ready()
        && !completes(child.id(), false)
        && tree.values().stream()
            // What has begun at this very moment may have begun after the launch.
            .filter(other -> other.since().isBefore(launched))
            .noneMatch(other -> isAwaitedBelow(other, child.id(), tree));
  }

  private boolean completes(ChildId id, boolean ifUnknown) {
    return specs.of(id).map(NeedsMet::completes).orElse(ifUnknown);
  }

  private static boolean completes(ChildSpec spec) {
    return spec instanceof WorkerSpec worker
        && worker.readiness().kind() == ReadinessSpec.Kind.COMPLETED;
  }

  /** Below a supervisor that is down itself nothing is awaited but that one. */
  private static boolean isAwaitedBelow(
      ChildSnapshot child, ChildId top, Map<ChildId, ChildSnapshot> tree) {
    boolean awaited =
        child.desire() == Desire.UP
            && child.phase() != Phase.DOWN
            && child.phase() != Phase.FINISHED
            && !(child.phase() == Phase.RUNNING && child.ready());
    return awaited && child.id().path().startsWith(top.path() + "/") && isReached(child, top, tree);
  }

  private static boolean isReached(
      ChildSnapshot child, ChildId top, Map<ChildId, ChildSnapshot> tree) {
    ChildId lead = child.id().parent().orElseThrow();
    if (lead.equals(top)) {
      return true;
    }
    ChildSnapshot above = tree.get(lead);
    return above != null && above.phase().isAlive() && isReached(above, top, tree);
  }

  /** Supervisors have no launch of their own. */
  void hear(SupervisorEvent event, TellsTrue told) {
    if (!(event instanceof SupervisorEvent.PhaseChanged changed)
        || changed.to() != Phase.LAUNCHING
        || specs.lead(changed.child()).isEmpty()) {
      return;
    }
    SupervisorSpec spec = specs.lead(changed.child()).orElseThrow();
    for (Dependency dependency : spec.dependencies()) {
      ChildId on = changed.child().parent().orElseThrow().child(dependency.on());
      boolean isThere = told.isReady(on) || told.phase(on) == Phase.FINISHED;
      BrokenInvariant.unless(
          isThere,
          changed.child() + " is started, but " + on + ", which it depends on, is not there");
    }
  }

  /** After a cycle nobody goes on without what it cannot go on without; it stops or has stopped. */
  void check(TreePhase phase, Map<ChildId, ChildSnapshot> tree, Map<Incarnation, WorkerSpec> open) {
    if (phase != TreePhase.RUNNING) {
      return;
    }
    open.forEach(
        (run, spec) -> {
          ChildSnapshot child = tree.get(run.child());
          if (child != null && child.phase() == Phase.RUNNING && isSupervised(run.child(), tree)) {
            spec.dependencies().stream()
                .filter(each -> each.whenLost() != WhenLost.GOES_ON)
                .forEach(each -> requireNotLost(run, each, tree));
          }
        });
  }

  private static boolean isSupervised(ChildId child, Map<ChildId, ChildSnapshot> tree) {
    ChildId lead = child.parent().orElseThrow();
    ChildSnapshot above = tree.get(lead);
    return lead.isRoot()
        || (above != null && (above.phase() == Phase.RUNNING || above.phase() == Phase.LAUNCHING));
  }

  private void requireNotLost(
      Incarnation run, Dependency dependency, Map<ChildId, ChildSnapshot> tree) {
    ChildId on = run.child().parent().orElseThrow().child(dependency.on());
    BrokenInvariant.unless(
        !isLost(tree.get(on)),
        run + " goes on, but " + on + ", which it cannot go on without, is lost");
  }

  private boolean isLost(@Nullable ChildSnapshot child) {
    if (child == null) {
      return true;
    }
    return switch (child.phase()) {
      case LAUNCHING, RUNNING -> false;
      case FINISHED -> !completes(child.id(), true);
      // Who is to complete again, and waits for that, is as good as who does so.
      case WAITING, FINISHING -> !completes(child.id(), true);
      case DOWN, STOPPING, KILLING, UNKILLABLE, BACKOFF, QUARANTINED, FAILED -> true;
    };
  }
}
