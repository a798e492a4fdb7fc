package org.jsupervisor.core.internal.model;

import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.strategy.OneForOne;
import org.jsupervisor.strategy.RestartRequest;
import org.jsupervisor.strategy.RestartScope;

/** Asks the strategy, which is code of others: whatever it does is an answer. */
final class ScopeRules {
  private ScopeRules() {}

  /** The siblings to restart with the failed child, in start order. */
  static List<ChildId> siblingsToRestart(TreeDraft draft, ChildId failed) {
    if (draft.spec.strategy() instanceof OneForOne) {
      return List.of();
    }
    List<ChildId> siblings = draft.children.inStartOrder().stream().map(ChildModel::id).toList();
    List<ChildId> named = ask(draft, new RestartRequest(failed, siblings));
    return siblings.stream().filter(id -> !id.equals(failed) && named.contains(id)).toList();
  }

  @SuppressWarnings("CatchingUnchecked")
  private static List<ChildId> ask(TreeDraft draft, RestartRequest request) {
    String error;
    try {
      RestartScope scope = draft.spec.strategy().scope(request);
      if (request.siblings().containsAll(scope.children())) {
        return scope.children();
      }
      error = "the restart strategy named a child that is no sibling: " + scope.children();
    } catch (Throwable thrown) {
      error = "the restart strategy threw " + thrown;
    }
    draft.log.event(new SupervisorEvent.DecisionFailed(request.failed(), error));
    return List.of();
  }
}
