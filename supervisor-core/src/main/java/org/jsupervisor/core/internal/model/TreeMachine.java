package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/**
 * Steps a tree: finds the child that an input is about, lets {@link ChildMachine} step it, has
 * {@link AppealRules} answer what the child asks of its supervisor, and lets the rounds of all
 * supervisors that are concerned go on. A pure function of its arguments.
 */
public final class TreeMachine {
  private TreeMachine() {}

  /** The tree before its first step: its children are defined, none is started. */
  public static Step create(SupervisorSpec spec, TreeLimits limits, Moment moment) {
    TreeModel empty = TreeModel.empty(spec, limits);
    TreeDraft draft = new TreeDraft(empty, moment);
    ChildModel unused = draft.add(spec.at(ChildId.ROOT), "defined");
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
      EndOfTree.begin(draft, stop.cause(), stop.reason());
    } else if (input instanceof Input.ChildInput childInput) {
      stepChild(draft, childInput);
    }
    draft.settle();
    EndOfTree.noticeIfOver(draft);
    return draft.step();
  }

  private static void start(TreeDraft draft) {
    if (draft.phase == TreePhase.NEW) {
      draft.enter(TreePhase.RUNNING, "started");
      Appeal unused = draft.stepChild(ChildId.ROOT, new Input.Up(ChildId.ROOT, "the tree starts"));
    }
  }

  private static void stepChild(TreeDraft draft, Input.ChildInput input) {
    Optional<ChildModel> child = draft.find(input.child());
    if (isWish(input.kind()) && !maySupervise(draft, input.child())) {
      return;
    }
    if (child.isEmpty()) {
      if (input instanceof Input.Define define) {
        startAdded(draft, define);
      }
      return;
    }
    if (input instanceof Input.Define define && !TeamRules.isSameKind(child.get(), define.spec())) {
      // Another kind of child is another child: the one that is there must be removed first.
      return;
    }
    Appeal appeal = draft.stepChild(input.child(), input);
    if (isWish(input.kind())) {
      draft
          .find(input.child())
          .ifPresent(each -> draft.alter(each.id, own -> own.countWish(input.kind())));
    }
    AppealRules.answer(draft, input.child(), appeal);
    hurry(draft, input);
  }

  /** Wishes count only under a supervisor that is up; facts always. */
  private static boolean maySupervise(TreeDraft draft, ChildId child) {
    return child
        .parent()
        .flatMap(draft::find)
        .filter(lead -> lead.isSupervisor() && lead.isUpOrComing())
        .isPresent();
  }

  private static boolean isWish(InputKind kind) {
    return switch (kind) {
      case UP, ONCE, DOWN, RESTART, SIGNAL, PAUSE, RESUME, DEFINE, REMOVE -> true;
      case START,
          HOLD,
          STOP,
          KILL,
          END_TEAM,
          LAUNCHED,
          LAUNCH_FAILED,
          EXITED,
          FINISH_ENDED,
          SIGNAL_PROGRAM_ENDED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID,
          LEFT_BEHIND,
          OUTPUT_LOST,
          DEADLINE ->
          false;
    };
  }

  private static void startAdded(TreeDraft draft, Input.Define define) {
    ChildId id = define.child();
    ChildModel added = draft.addTo(id.parent().orElseThrow(), define.spec(), define.reason());
    if (TeamRules.joinsTheStart(draft, added)) {
      return;
    }
    Appeal unused =
        switch (added.desire) {
          case UP -> draft.stepChild(id, new Input.Up(id, define.reason()));
          case ONCE -> draft.stepChild(id, new Input.Once(id, define.reason()));
          case DOWN -> Appeal.NONE;
        };
  }

  /** Who wants the child up whose back-off a group waits for, wants the group at once. */
  private static void hurry(TreeDraft draft, Input.ChildInput input) {
    InputKind kind = input.kind();
    if (kind != InputKind.UP && kind != InputKind.ONCE && kind != InputKind.RESTART) {
      return;
    }
    ChildModel lead = input.child().parent().flatMap(draft::find).orElseThrow();
    if (lead.team().round() instanceof Round.Regrouping round
        && round.failed().equals(input.child())) {
      long now = draft.moment.nowNanos();
      draft.change(lead, lead.team().withRound(round.due(now)));
    }
  }

  /** A supervisor has stopped its children: that is its end, and its own parent decides. */
  static void leadEnded(TreeDraft draft, ChildId lead, Input.Exited end) {
    Appeal appeal = draft.stepChild(lead, end);
    AppealRules.answer(draft, lead, appeal);
  }

  /** The tree is over for a reason that it did not know of, and all its processes were killed. */
  public static Step abandoned(TreeModel model, String reason, Moment moment) {
    TreeDraft draft = new TreeDraft(model, moment);
    if (model.phase() != TreePhase.STOPPED) {
      for (ChildModel child : model.inStartOrder()) {
        if (child.phase.isAlive()) {
          draft.alter(child.id, each -> each.abandon(reason));
        }
      }
      draft.enter(TreePhase.STOPPED, reason);
    }
    return draft.step();
  }

  /** The workers that refused to die, once the tree has stopped. */
  public static List<ChildId> unkillable(TreeModel model) {
    List<ChildId> alive = new ArrayList<>();
    for (ChildModel child : model.inStartOrder()) {
      if (child.phase.isAlive() && !child.isSupervisor()) {
        alive.add(child.id);
      }
    }
    return List.copyOf(alive);
  }

  /** Whether operations on this child can be carried out: its supervisor is up or coming up. */
  public static boolean isSupervised(TreeModel model, ChildId child) {
    return child
        .parent()
        .flatMap(model::child)
        .filter(lead -> lead.phase == Phase.LAUNCHING || lead.phase == Phase.RUNNING)
        .isPresent();
  }
}
