package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/**
 * A tree while one step changes it. Confined to the step. Every part of a tree is kept in step with
 * the others here, and nowhere else; what then follows from a change is {@link Unsettled}.
 */
final class TreeDraft {
  final SupervisorSpec spec;
  final TreeLimits limits;
  final Moment moment;
  final StepLog log = new StepLog();

  TreePhase phase;
  String reason;
  Ending ending;

  /** The restarts of all children together. */
  RestartHistory history;

  private ChildTable children;
  private long nextOrdinal;
  private long numbersUsed;
  private long generationsUsed;
  private Crowd crowd;
  private final Set<ChildId> touched = new LinkedHashSet<>(2);
  private final List<ChildModel> forgotten = new ArrayList<>(0);

  private final Unsettled unsettled = new Unsettled();

  TreeDraft(TreeModel model, Moment moment) {
    this.spec = model.spec();
    this.limits = model.limits();
    this.moment = moment;
    this.phase = model.phase();
    this.reason = model.reason();
    this.children = model.children();
    this.nextOrdinal = model.nextOrdinal();
    this.numbersUsed = model.numbersUsed();
    this.generationsUsed = model.generationsUsed();
    this.crowd = model.crowd();
    this.history = model.history();
    this.ending = model.ending();
  }

  Step step() {
    TreeModel model =
        new TreeModel(
            spec,
            limits,
            phase,
            reason,
            children,
            nextOrdinal,
            numbersUsed,
            generationsUsed,
            crowd,
            history,
            ending);
    return new Step(model, log.effects(), log.events(), touched, forgotten);
  }

  void enter(TreePhase to, String why) {
    log.event(new SupervisorEvent.TreePhaseChanged(phase, to, why));
    phase = to;
    reason = why;
  }

  ChildTable children() {
    return children;
  }

  /** Whether one more process or task may be starting. */
  boolean hasPlaceToStart() {
    return crowd.starting() < limits.startingMax();
  }

  /** Whether somebody at the gate waits for more than a place: then all must be looked at. */
  boolean isAnybodyChoosyAtGate() {
    return crowd.choosy() > 0;
  }

  /** Who waits for dependencies or for a place to start, in the order in which they came. */
  List<ChildId> atGate() {
    return crowd.atGate();
  }

  Optional<ChildModel> find(ChildId id) {
    return children.find(id);
  }

  ChildModel get(ChildId id) {
    return children.find(id).orElseThrow();
  }

  /** Adds a child, and all below it, at its address. Nothing of it is started. */
  ChildModel add(ChildSpec child, String why) {
    ChildDraft draft = new ChildDraft(child, moment, log);
    draft.ordinal = nextOrdinal++;
    draft.number = numbersUsed;
    draft.generation = generationsUsed + 1;
    draft.introduce(why);
    put(new ChildModel(draft));
    if (child instanceof SupervisorSpec supervisor) {
      addAllTo(child.id(), supervisor.children(), why);
    }
    return get(child.id());
  }

  /** Adds a child as the last one of a supervisor. */
  ChildModel addTo(ChildId lead, ChildSpec child, String why) {
    addAllTo(lead, List.of(child), why);
    return get(lead.child(child.id().name()));
  }

  /** All at once: a team that grew child by child would cost the square of its size. */
  private void addAllTo(ChildId lead, List<ChildSpec> specs, String why) {
    List<ChildSpec> addressed =
        specs.stream().map(each -> each.at(lead.child(each.id().name()))).toList();
    ChildModel before = get(lead);
    change(before, before.team().plus(addressed));
    for (ChildSpec each : addressed) {
      ChildModel unused = add(each, why);
    }
  }

  /** Gives a child, and all below it, places in the start order behind all others. */
  void putLast(ChildId id) {
    alter(id, child -> child.ordinal = nextOrdinal++);
    ChildModel now = get(id);
    if (now.isSupervisor()) {
      now.team().order().forEach(this::putLast);
    }
  }

  /** Gives a supervisor another team. */
  void change(ChildModel lead, Team team) {
    ChildDraft draft = new ChildDraft(lead, moment, log);
    draft.team = team;
    keep(lead, draft);
  }

  /** Steps one child and returns what it asks of its supervisor. */
  Appeal stepChild(ChildId id, Input.ChildInput input) {
    ChildModel before = get(id);
    ChildDraft draft = new ChildDraft(before, moment, log);
    if (input.kind().mayStart()) {
      ChildSpec next = input instanceof Input.Define define ? define.spec() : before.spec;
      draft.waitsFor = id.isRoot() ? "" : Gate.waitsFor(this, next);
      draft.launchWithin = limits.launchWithin();
    }
    if (input.kind() == InputKind.EXITED) {
      draft.above = EndRules.above(this, id);
    }
    draft.isFed = before.ladder.endsInput() && DependencyRules.isFed(this, before);
    return switch (ChildMachine.step(draft, input, Surroundings.of(this, id, input.kind()))) {
      case NOTHING -> Appeal.NONE;
      case ACTED -> {
        keep(before, draft);
        yield draft.appeal;
      }
    };
  }

  /** Changes one child outside the table of phases and inputs: what only its supervisor may do. */
  void alter(ChildId id, Consumer<ChildDraft> change) {
    ChildModel before = get(id);
    ChildDraft draft = new ChildDraft(before, moment, log);
    change.accept(draft);
    keep(before, draft);
  }

  /** Lets everything that follows from the changes so far happen. */
  void settle() {
    unsettled.settle(this);
  }

  private void keep(ChildModel before, ChildDraft draft) {
    boolean wasFull = !hasPlaceToStart();
    ChildModel now = new ChildModel(draft);
    if (draft.forgotten) {
      remove(before, draft);
    } else {
      put(now);
      relink(before.spec, now.spec);
    }
    boolean hasChanged = draft.forgotten || before.phase != now.phase || before.ready != now.ready;
    if (hasChanged) {
      unsettled.changed(before.id);
    }
    boolean leavesPlace = before.isStarting() && (draft.forgotten || !now.isStarting());
    boolean looksOther =
        hasChanged || before.spec != now.spec || before.isAwaited() != now.isAwaited();
    if ((wasFull && leavesPlace) || (looksOther && DependencyRules.isNeeded(this, before.id))) {
      unsettled.gateMayOpen();
    }
    markDirty(before.id);
  }

  private void relink(ChildSpec before, ChildSpec now) {
    if (before != now && !before.dependencies().equals(now.dependencies())) {
      ChildModel lead = get(now.id().parent().orElseThrow());
      change(lead, lead.team().withLinks(lead.team().links().minus(before).plus(List.of(now))));
      unsettled.gateMayOpen();
    }
  }

  private void markDirty(ChildId id) {
    id.parent().ifPresent(this::wake);
    if (children.find(id).filter(ChildModel::isSupervisor).isPresent()) {
      wake(id);
    }
  }

  /** Lets the round of this supervisor go on, before the step is over. */
  void wake(ChildId lead) {
    unsettled.round(lead);
  }

  private void remove(ChildModel before, ChildDraft draft) {
    children = children.without(before.id);
    crowd = crowd.after(before, null);
    numbersUsed = Math.max(numbersUsed, draft.number);
    generationsUsed = Math.max(generationsUsed, draft.generation);
    forgotten.add(new ChildModel(draft));
    touched.add(before.id);
    before
        .id
        .parent()
        .flatMap(children::find)
        .ifPresent(lead -> change(lead, lead.team().minus(before.spec)));
    if (before.isSupervisor()) {
      List.copyOf(before.team().order()).forEach(this::forget);
    }
  }

  /** Everything below a supervisor that is forgotten is dead, and forgotten with it. */
  private void forget(ChildId id) {
    children.find(id).ifPresent(child -> alter(child.id, ChildDraft::forget));
  }

  private void put(ChildModel child) {
    crowd = crowd.after(children.find(child.id).orElse(null), child);
    children = children.with(child);
    touched.add(child.id);
  }
}
