package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * Steps a tree: finds the child that an input is about, lets {@link ChildMachine} step it, and
 * answers what the child asks of its supervisor. A pure function of its arguments.
 */
public final class TreeMachine {
  private TreeMachine() {}

  /** The tree before its first step: its children are defined, none is started. */
  public static Step create(SupervisorSpec spec, Moment moment) {
    TreeModel empty =
        new TreeModel(
            spec,
            TreePhase.NEW,
            "not started yet",
            ChildTable.EMPTY,
            0,
            0,
            0,
            RestartHistory.EMPTY,
            Ending.NOT_YET);
    TreeDraft draft = new TreeDraft(empty, moment);
    spec.children().forEach(draft::add);
    return draft.step();
  }

  /** One input, at one moment. */
  public static Step step(TreeModel model, Input input, Moment moment) {
    TreeDraft draft = new TreeDraft(model, moment);
    if (model.phase() == TreePhase.STOPPED) {
      return draft.step();
    }
    if (input instanceof Input.StartTree) {
      start(draft);
    } else if (input instanceof Input.StopTree stop) {
      EndRules.begin(draft, stop.cause(), stop.reason());
    } else if (input instanceof Input.ChildInput childInput) {
      stepChild(draft, childInput);
    }
    EndRules.goOn(draft);
    return draft.step();
  }

  private static void start(TreeDraft draft) {
    if (draft.phase != TreePhase.NEW) {
      return;
    }
    draft.enter(TreePhase.RUNNING, "started");
    for (ChildModel child : draft.children.inStartOrder()) {
      if (child.desire == Desire.UP) {
        draft.stepChild(child, new Input.Up(child.id, "the tree starts"));
      }
    }
  }

  private static void stepChild(TreeDraft draft, Input.ChildInput input) {
    Optional<ChildModel> child = draft.children.find(input.child());
    if (child.isEmpty()) {
      if (input instanceof Input.Define define && draft.phase == TreePhase.RUNNING) {
        startAdded(draft, define.spec());
      }
      return;
    }
    if (draft.phase != TreePhase.RUNNING && isWish(input.kind())) {
      return;
    }
    Appeal appeal = draft.stepChild(child.get(), input);
    if (draft.phase == TreePhase.RUNNING) {
      answer(draft, child.get().id, appeal);
    }
  }

  /** Wishes count only while the tree supervises; facts always. */
  private static boolean isWish(InputKind kind) {
    return switch (kind) {
      case UP, DOWN, RESTART, SIGNAL, DEFINE, REMOVE -> true;
      case LAUNCHED, LAUNCH_FAILED, EXITED, NOTIFIED, OUTPUT_LOST, DEADLINE -> false;
    };
  }

  private static void startAdded(TreeDraft draft, ChildSpec spec) {
    ChildModel added = draft.add(spec);
    if (added.desire == Desire.UP) {
      draft.stepChild(added, new Input.Up(added.id, "added"));
    }
  }

  private static void answer(TreeDraft draft, ChildId child, Appeal appeal) {
    Cell unused =
        switch (appeal.kind()) {
          case NONE -> Cell.NOTHING;
          case RESTART -> restart(draft, child, appeal.reason());
          case ESCALATE -> {
            EndRules.begin(draft, StopReport.Cause.GAVE_UP, child + ": " + appeal.reason());
            yield Cell.ACTED;
          }
        };
  }

  private static Cell restart(TreeDraft draft, ChildId child, String reason) {
    if (!draft.allowsRestart(child)) {
      String limit = "more than " + draft.spec.limit() + " of all children together";
      EndRules.begin(draft, StopReport.Cause.GAVE_UP, limit + "; last: " + child + ": " + reason);
      return Cell.ACTED;
    }
    for (ChildId sibling : ScopeRules.siblingsToRestart(draft, child)) {
      restartSibling(draft, sibling, child);
    }
    return Cell.ACTED;
  }

  /** Only a sibling that has a process, or is getting one, is affected: the rest stays as it is. */
  private static void restartSibling(TreeDraft draft, ChildId sibling, ChildId failed) {
    draft
        .children
        .find(sibling)
        .filter(child -> child.desire == Desire.UP && child.phase.isAlive())
        .ifPresent(child -> draft.restartWith(child, "restarted together with " + failed));
  }

  /** The children that refused to die, once the tree has stopped. */
  public static List<ChildId> unkillable(TreeModel model) {
    return model.inStartOrder().stream()
        .filter(child -> child.phase.isAlive())
        .map(ChildModel::id)
        .toList();
  }
}
