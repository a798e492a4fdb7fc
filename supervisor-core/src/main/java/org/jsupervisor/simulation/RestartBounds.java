package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.OtpRestartPolicy;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * A supervisor never sees more restarts in a window than its intensity allows without giving up,
 * and a temporary child that has ended by itself never runs again.
 */
final class RestartBounds {
  private final Map<ChildId, RestartIntensity> limits = new HashMap<>();
  private final Map<ChildId, List<Duration>> restarts = new HashMap<>();
  private final Map<Incarnation, RestartPolicy> policies = new HashMap<>();
  private final Map<ChildId, Exit> lastEnds = new HashMap<>();
  private final Set<ChildId> mustEnd = new LinkedHashSet<>();
  private final Set<ChildId> doneForGood = new HashSet<>();

  /** Of whom something was asked that the engine may not have handled yet. */
  private final Set<ChildId> asked = new HashSet<>();

  private final TreeRestarts ofTree;

  RestartBounds(SupervisorSpec tree, RestartLimit limitOfTree) {
    this.ofTree = new TreeRestarts(limitOfTree);
    learn(ChildId.ROOT, tree);
  }

  private void learn(ChildId id, SupervisorSpec lead) {
    if (lead.limit() instanceof RestartIntensity limit) {
      limits.put(id, limit);
    }
    for (ChildSpec child : lead.children()) {
      if (child instanceof SupervisorSpec below) {
        learn(id.child(child.id().name()), below);
      }
    }
  }

  /** What becomes of a supervisor that is given another spec is not followed here. */
  void happens(Happening happening) {
    OnceIsOnce.wish(happening).ifPresent(asked::add);
    if (happening instanceof Happening.Define define) {
      String path = define.spec().id().path();
      limits.keySet().removeIf(id -> id.path().equals(path) || id.path().startsWith(path + "/"));
      mustEnd.retainAll(limits.keySet());
    }
  }

  void launches(Incarnation run, WorkerSpec spec) {
    policies.put(run, spec.restart());
  }

  void hear(Duration now, SupervisorEvent event) {
    ofTree.hear(event);
    if (event instanceof SupervisorEvent.Ended ended) {
      lastEnds.put(event.child(), ended.exit());
      if (ended.exit().cause() == ExitCause.BY_ITSELF
          && policy(event.child()).type() == RestartType.TEMPORARY) {
        doneForGood.add(event.child());
      }
    } else if (event instanceof SupervisorEvent.Defined
        || event instanceof SupervisorEvent.Removed) {
      doneForGood.remove(event.child());
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      changed(changed);
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed
        && changed.to() == TreePhase.STOPPING) {
      mustEnd.clear();
    } else if (event instanceof SupervisorEvent.RestartScheduled) {
      restarts(now, event.child());
    }
  }

  private void changed(SupervisorEvent.PhaseChanged changed) {
    ChildId child = changed.child();
    if (changed.to() == Phase.LAUNCHING) {
      BrokenInvariant.unless(
          !doneForGood.contains(child) || asked.contains(child),
          child + " is temporary, but comes back");
      restarts.remove(child);
      // Whatever is below a supervisor begins anew with it.
      doneForGood.removeIf(
          done -> done.equals(child) || done.path().startsWith(child.path() + "/"));
    } else if (changed.to() == Phase.STOPPING) {
      mustEnd.remove(child);
    }
  }

  /** That of the run which has ended last; supervisors are not followed. */
  private RestartPolicy policy(ChildId child) {
    Exit last = lastEnds.get(child);
    return last == null
        ? RestartPolicy.permanent()
        : policies.getOrDefault(last.incarnation(), RestartPolicy.permanent());
  }

  private void restarts(Duration now, ChildId child) {
    BrokenInvariant.unless(
        policy(child).type() != RestartType.TEMPORARY, child + " is temporary, but is restarted");
    ChildId lead = child.parent().orElse(ChildId.ROOT);
    RestartIntensity limit = limits.get(lead);
    if (isFree(child)) {
      return;
    }
    ofTree.restarts(now, child);
    if (limit == null) {
      return;
    }
    List<Duration> times = restarts.computeIfAbsent(lead, any -> new ArrayList<>());
    times.add(now);
    long recent = times.stream().filter(at -> now.minus(at).compareTo(limit.period()) <= 0).count();
    if (recent > limit.restarts()) {
      mustEnd.add(lead);
    }
  }

  /** A shortage of the host is charged to nobody, but for those who count as Erlang/OTP does. */
  private boolean isFree(ChildId child) {
    Exit last = lastEnds.get(child);
    return last != null
        && last.status() instanceof ExitStatus.NeverStarted never
        && never.failure().fault() == LaunchFault.HOST
        && !(policy(child) instanceof OtpRestartPolicy);
  }

  void check(TreeSnapshot tree) {
    ofTree.check(tree.phase());
    doneForGood.removeAll(asked);
    asked.clear();
    Set<ChildId> seen = Set.copyOf(mustEnd);
    mustEnd.clear();
    for (ChildId lead : seen) {
      boolean isGone =
          !lead.isRoot() && tree.children().stream().noneMatch(child -> child.id().equals(lead));
      BrokenInvariant.unless(
          isGone, lead + " has seen more restarts than " + limits.get(lead) + " and goes on");
    }
  }
}
