package org.jsupervisor.core.internal.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.SupervisorSpec;

/** What a supervisor answers to what its child asks of it. */
final class AppealRules {
  private AppealRules() {}

  static void answer(TreeDraft draft, ChildId child, Appeal appeal) {
    Optional<ChildModel> parent = child.parent().flatMap(draft::find);
    if (parent.isEmpty() || !parent.get().isUpOrComing()) {
      return;
    }
    ChildModel lead = parent.get();
    if (isFailedStart(lead, appeal)) {
      Cell unused = endTeam(draft, child, "failed to start " + child + ": " + appeal.reason());
      return;
    }
    Cell unused =
        switch (appeal.kind()) {
          case NONE -> Cell.NOTHING;
          case RESTART -> restart(draft, lead, child, appeal.reason());
          case SIGNIFICANT_END -> shutDown(draft, lead, child);
          case ESCALATE -> endTeam(draft, child, child + ": " + appeal.reason());
        };
  }

  private static boolean isFailedStart(ChildModel lead, Appeal appeal) {
    return appeal.failedStart()
        && lead.phase == Phase.LAUNCHING
        && spec(lead).startFailure() == StartFailure.FAILS_THE_SUPERVISOR;
  }

  private static SupervisorSpec spec(ChildModel lead) {
    return (SupervisorSpec) lead.spec;
  }

  private static Cell restart(TreeDraft draft, ChildModel lead, ChildId child, String reason) {
    if (!allows(draft, lead, child)) {
      String limit =
          "more than " + Failures.name(spec(lead).limit()) + " of all its children together";
      return endTeam(draft, child, limit + "; last: " + child + ": " + reason);
    }
    draft.change(lead, lead.team().withHistory(longer(draft, lead)));
    if (!treeAllows(draft, child)) {
      String limit = "more than " + Failures.name(draft.limits.restarts()) + " in the whole tree";
      return giveUp(
          draft, draft.get(ChildId.ROOT), child, limit + "; last: " + child + ": " + reason);
    }
    if (draft.limits.restarts() != RestartLimit.none()) {
      draft.history = draft.history.restarted(1, draft.moment.nowNanos());
    }
    ChildModel counted = draft.get(lead.id);
    List<ChildId> members = members(draft, counted, child);
    if (members.size() > 1) {
      draft.log.event(new SupervisorEvent.GroupRestart(lead.id, child, members));
      RegroupRules.begin(draft, counted, child, members);
    }
    return Cell.ACTED;
  }

  private static RestartHistory longer(TreeDraft draft, ChildModel lead) {
    return lead.team().history().restarted(1, draft.moment.nowNanos());
  }

  private static boolean allows(TreeDraft draft, ChildModel lead, ChildId failed) {
    return allows(draft, spec(lead).limit(), lead.team().history(), failed);
  }

  /** A tree that ends already does not give up once more: supervisors end each in its turn. */
  private static boolean treeAllows(TreeDraft draft, ChildId failed) {
    return draft.phase == TreePhase.STOPPING
        || allows(draft, draft.limits.restarts(), draft.history, failed);
  }

  /** A limit may be code of others. One that fails ends nothing: each child has its own. */
  @SuppressWarnings("CatchingUnchecked")
  private static boolean allows(
      TreeDraft draft, RestartLimit limit, RestartHistory history, ChildId failed) {
    try {
      return limit.allows(history, draft.moment.nowNanos());
    } catch (Throwable thrown) {
      String error = "the restart limit threw " + Failures.text(thrown);
      draft.log.event(new SupervisorEvent.DecisionFailed(failed, error));
      return true;
    }
  }

  /** The scope of the strategy, and whom an earlier restart of a group has not started yet. */
  private static List<ChildId> members(TreeDraft draft, ChildModel lead, ChildId failed) {
    Set<ChildId> scope = new HashSet<>(ScopeRules.scope(draft, lead, failed));
    if (lead.team().round() == Round.IDLE && List.of(failed).containsAll(scope)) {
      // By far the most frequent: nobody else is looked at.
      return List.of(failed);
    }
    if (scope.size() > 1 && lead.team().round() instanceof Round.Starting) {
      lead.team().order().stream().filter(id -> isHeld(draft, id)).forEach(scope::add);
    } else if (lead.team().round() instanceof Round.Regrouping regrouping) {
      scope.addAll(regrouping.members());
    }
    return lead.team().order().stream()
        .filter(id -> id.equals(failed) || (scope.contains(id) && takesPart(draft, id)))
        .toList();
  }

  private static boolean isHeld(TreeDraft draft, ChildId id) {
    return draft.get(id).held;
  }

  /** What has given up, and what an operator wants down, is left as it is. */
  private static boolean takesPart(TreeDraft draft, ChildId id) {
    ChildModel child = draft.get(id);
    return child.desire != Desire.DOWN
        && child.phase != Phase.QUARANTINED
        && child.phase != Phase.FAILED;
  }

  private static Cell shutDown(TreeDraft draft, ChildModel lead, ChildId ended) {
    boolean now =
        switch (spec(lead).autoShutdown()) {
          case NEVER -> false;
          case ANY_SIGNIFICANT -> true;
          case ALL_SIGNIFICANT ->
              lead.team().order().stream()
                  .noneMatch(id -> !id.equals(ended) && isSignificantAndUp(draft, id));
        };
    if (!now) {
      return Cell.NOTHING;
    }
    String reason = "its significant child " + ended + " has ended";
    if (lead.id.isRoot()) {
      EndOfTree.begin(draft, StopReport.Cause.SHUT_DOWN, reason);
      return Cell.ACTED;
    }
    Appeal unused =
        draft.stepChild(lead.id, new Input.EndTeam(lead.id, new ExitStatus.Completed(), reason));
    return Cell.ACTED;
  }

  /** What runs once does not keep its supervisor up: nothing would be asked at its end. */
  private static boolean isSignificantAndUp(TreeDraft draft, ChildId id) {
    return draft
        .find(id)
        .filter(child -> child.spec.significance() == Significance.SIGNIFICANT)
        .filter(child -> child.desire != Desire.ONCE)
        .filter(
            child ->
                child.phase.isAlive()
                    || child.phase == Phase.BACKOFF
                    || child.phase == Phase.QUARANTINED
                    || child.phase == Phase.WAITING)
        .isPresent();
  }

  /** Its supervisor gives up because of this child. */
  private static Cell endTeam(TreeDraft draft, ChildId failed, String reason) {
    return giveUp(draft, draft.get(failed.parent().orElseThrow()), failed, reason);
  }

  /** The end of this supervisor, whose fault it is. */
  private static Cell giveUp(TreeDraft draft, ChildModel lead, ChildId failed, String reason) {
    draft
        .find(failed)
        .map(child -> Causes.blame(child, reason, draft.moment.nowNanos()))
        .ifPresent(blame -> draft.change(lead, lead.team().blaming(blame)));
    draft.log.event(new SupervisorEvent.GaveUp(lead.id, new RestartDecision.Escalate(reason)));
    if (lead.id.isRoot()) {
      EndOfTree.begin(draft, StopReport.Cause.GAVE_UP, reason);
      return Cell.ACTED;
    }
    Appeal unused =
        draft.stepChild(lead.id, new Input.EndTeam(lead.id, new ExitStatus.GaveUp(reason), reason));
    return Cell.ACTED;
  }
}
