package org.jsupervisor.core.internal.observe;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jsupervisor.core.internal.model.Causes;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Life;
import org.jsupervisor.core.internal.model.Link;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ChildSpec;

/**
 * The lock-free registry of children. The engine publishes its whole immutable model by one
 * volatile write after each step; a reader takes it and makes its snapshot on its own time. So
 * reading is wait-free, everything in a snapshot belongs to one moment, and the engine pays nothing
 * for readers.
 */
public final class SnapshotBoard {
  private final TimeAnchor anchor;

  /** Written by the engine only; volatile, so that readers see whole models. */
  private volatile TreeModel model;

  /** Written by the engine only. */
  private final AtomicLong steps = new AtomicLong();

  /** A board that shows the first model. */
  public SnapshotBoard(TimeAnchor anchor, TreeModel model) {
    this.anchor = anchor;
    this.model = model;
  }

  /** The engine's thread only. */
  public void publish(TreeModel newModel) {
    model = newModel;
    steps.lazySet(steps.getPlain() + 1);
  }

  /** How many models were published after the first. Any thread. */
  public long steps() {
    return steps.get();
  }

  /** Any thread. */
  public TreeSnapshot tree() {
    return tree(model);
  }

  /** Any thread. */
  public Optional<ChildSnapshot> child(ChildId id) {
    return model.child(id).map(this::child);
  }

  /** What the tree is. Any thread. */
  public TreePhase phase() {
    return model.phase();
  }

  /** Any thread. What a child was last defined as. */
  public Optional<ChildSpec> spec(ChildId id) {
    return model.child(id).map(ChildModel::spec);
  }

  /** The snapshot of a given model. */
  public TreeSnapshot tree(TreeModel of) {
    return new TreeSnapshot(
        of.spec().name(),
        of.phase(),
        of.reason(),
        of.inStartOrder().stream().map(this::child).toList());
  }

  /** The snapshot of a given child. */
  public ChildSnapshot child(ChildModel of) {
    return new ChildSnapshot(
        of.id(),
        of.desire(),
        of.phase(),
        of.ready(),
        anchor.at(of.phaseNanos()),
        of.reason(),
        run(of),
        due(of.deadlineNanos()),
        of.counters(),
        of.lastExits(),
        of.generation(),
        of.paused(),
        of.status());
  }

  /** Any thread. */
  public Optional<Explanation> explain(ChildId id) {
    TreeModel now = model;
    return now.child(id).map(child -> explain(now, child));
  }

  /** Why a given child of a given model, or one that it has just forgotten, is as it is. */
  public Explanation explain(TreeModel of, ChildModel child) {
    return new Explanation(child.id(), Causes.of(of, child).stream().map(this::reason).toList());
  }

  private Reason reason(Link link) {
    return new Reason(
        link.child(),
        link.fact(),
        anchor.at(link.sinceNanos()),
        due(link.dueNanos()),
        link.remedy());
  }

  private Run run(ChildModel of) {
    if (of.life() instanceof Life.OfProcess process) {
      return new Run.Live(of.incarnation(), process.pid(), anchor.at(of.launchedNanos()));
    }
    return of.life() instanceof Life.OfTask
        ? new Run.LiveTask(of.incarnation(), anchor.at(of.launchedNanos()))
        : new Run.None();
  }

  private Due due(OptionalLong deadlineNanos) {
    return deadlineNanos.isPresent()
        ? new Due.At(anchor.at(deadlineNanos.getAsLong()))
        : new Due.Never();
  }
}
