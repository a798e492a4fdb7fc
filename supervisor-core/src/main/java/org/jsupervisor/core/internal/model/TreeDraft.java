package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** A tree while one step changes it. Confined to the step. */
final class TreeDraft {
  final SupervisorSpec spec;
  final Moment moment;
  final StepLog log = new StepLog();

  TreePhase phase;
  String reason;
  ChildTable children;
  RestartHistory history;
  Ending ending;

  private long nextOrdinal;
  private long numbersUsed;
  private int awaited;
  private final Set<ChildId> touched = new LinkedHashSet<>(2);
  private final List<ChildModel> forgotten = new ArrayList<>(0);

  TreeDraft(TreeModel model, Moment moment) {
    this.spec = model.spec();
    this.moment = moment;
    this.phase = model.phase();
    this.reason = model.reason();
    this.children = model.children();
    this.nextOrdinal = model.nextOrdinal();
    this.numbersUsed = model.numbersUsed();
    this.awaited = model.awaited();
    this.history = model.history();
    this.ending = model.ending();
  }

  Step step() {
    TreeModel model =
        new TreeModel(
            spec, phase, reason, children, nextOrdinal, numbersUsed, awaited, history, ending);
    return new Step(model, log.effects(), log.events(), touched, forgotten);
  }

  void enter(TreePhase to, String why) {
    log.event(new SupervisorEvent.TreePhaseChanged(phase, to, why));
    phase = to;
    reason = why;
  }

  ChildModel add(ChildSpec child) {
    ChildDraft draft = new ChildDraft(child, nextOrdinal++, moment, log);
    draft.number = numbersUsed;
    ChildModel added = new ChildModel(draft);
    put(added);
    return added;
  }

  /** Steps one child and returns what it asks of its supervisor. */
  Appeal stepChild(ChildModel before, Input.ChildInput input) {
    ChildDraft draft = new ChildDraft(before, moment, log);
    Surroundings around =
        phase == TreePhase.RUNNING ? Surroundings.SUPERVISED : Surroundings.STOPPING;
    if (ChildMachine.step(draft, input, around) == Cell.NOTHING) {
      return Appeal.NONE;
    }
    keep(before, draft);
    return draft.appeal;
  }

  /** A restart that the strategy wants; it counts for the sibling, too. */
  void restartWith(ChildModel sibling, String why) {
    ChildDraft draft = new ChildDraft(sibling, moment, log);
    draft.countRestart();
    Cell unused =
        ChildMachine.step(draft, new Input.Restart(sibling.id, why), Surroundings.SUPERVISED);
    keep(sibling, draft);
  }

  /** Whether the limit for all children together allows one restart more; counts it if so. */
  boolean allowsRestart(ChildId failed) {
    if (!limitAllows(failed)) {
      return false;
    }
    history = history.restarted(1, moment.nowNanos());
    return true;
  }

  /** A limit may be code of others, too. One that fails ends nothing: each child has its own. */
  @SuppressWarnings("CatchingUnchecked")
  private boolean limitAllows(ChildId failed) {
    try {
      return spec.limit().allows(history, moment.nowNanos());
    } catch (Throwable thrown) {
      String error = "the supervisor's restart limit threw " + thrown;
      log.event(new SupervisorEvent.DecisionFailed(failed, error));
      return true;
    }
  }

  private void keep(ChildModel before, ChildDraft draft) {
    awaited -= before.isAwaited() ? 1 : 0;
    if (draft.forgotten) {
      children = children.without(before.id);
      numbersUsed = Math.max(numbersUsed, draft.number);
      forgotten.add(new ChildModel(draft));
      touched.add(before.id);
    } else {
      put(new ChildModel(draft));
    }
  }

  private void put(ChildModel child) {
    awaited += child.isAwaited() ? 1 : 0;
    children = children.with(child);
    touched.add(child.id);
  }
}
