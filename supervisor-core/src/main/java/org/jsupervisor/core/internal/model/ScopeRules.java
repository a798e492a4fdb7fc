package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.OneForOne;
import org.jsupervisor.strategy.RestartRequest;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;

/** Asks the strategy, which is code of others: whatever it does is an answer. */
final class ScopeRules {
  private ScopeRules() {}

  /** The children that the strategy of this supervisor wants to restart together. */
  static List<ChildId> scope(TreeDraft draft, ChildModel lead, ChildId failed) {
    RestartStrategy strategy = ((SupervisorSpec) lead.spec).strategy();
    return strategy instanceof OneForOne
        ? List.of(failed)
        : ask(draft, strategy, new RestartRequest(failed, lead.team().order()));
  }

  @SuppressWarnings("CatchingUnchecked")
  private static List<ChildId> ask(
      TreeDraft draft, RestartStrategy strategy, RestartRequest request) {
    String error;
    try {
      RestartScope scope = strategy.scope(request);
      if (Set.copyOf(request.siblings()).containsAll(scope.children())) {
        return scope.children();
      }
      error = "the restart strategy named a child that is no sibling: " + scope.children();
    } catch (Throwable thrown) {
      error = "the restart strategy threw " + Failures.text(thrown);
    }
    draft.log.event(new SupervisorEvent.DecisionFailed(request.failed(), error));
    return List.of();
  }
}
