package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/**
 * The whole tree. Immutable: it is published as it is, and readers make their snapshots from it.
 *
 * @param spec the supervisor as it was given; its children are those it began with
 * @param limits what is allowed of all children together
 * @param phase what the tree is
 * @param reason why
 * @param children by id, the root supervisor among them
 * @param nextOrdinal the place in the start order of the next child that is added
 * @param numbersUsed the highest number of a run of any child that is forgotten: a child that is
 *     added begins above it, for it may have the id of a forgotten one
 * @param generationsUsed the highest generation of any child that is forgotten, for the same reason
 * @param crowd what is counted of all children
 * @param history the restarts of all children together, as far as they are charged to somebody
 * @param ending how the tree is being stopped; {@link Ending#NOT_YET} while it runs
 */
public record TreeModel(
    SupervisorSpec spec,
    TreeLimits limits,
    TreePhase phase,
    String reason,
    ChildTable children,
    long nextOrdinal,
    long numbersUsed,
    long generationsUsed,
    Crowd crowd,
    RestartHistory history,
    Ending ending) {

  /** A tree without any child, not even its root. */
  static TreeModel empty(SupervisorSpec spec, TreeLimits limits) {
    return new TreeModel(
        spec,
        limits,
        TreePhase.NEW,
        "not started yet",
        ChildTable.EMPTY,
        0,
        0,
        0,
        Crowd.NONE,
        RestartHistory.EMPTY,
        Ending.NOT_YET);
  }

  /** Finds one child. */
  public Optional<ChildModel> child(ChildId id) {
    return children.find(id);
  }

  /** The children of a supervisor, in start order. */
  public List<ChildModel> childrenOf(ChildModel lead) {
    return lead.team().order().stream().map(children::find).flatMap(Optional::stream).toList();
  }

  /** Who depends on this child of the supervisor, in no order, whatever they do. */
  public List<ChildId> dependents(ChildModel lead, ChildModel child) {
    return lead.team().links().on(child.id).stream().map(Links.Dependent::child).toList();
  }

  /** All children in start order, without the root; a supervisor before its children. */
  public List<ChildModel> inStartOrder() {
    return children.inStartOrder().stream().filter(child -> !child.id.isRoot()).toList();
  }

  /** How many children there are, without the root. */
  public int size() {
    return children.size() - 1;
  }

  /** Whether the tree runs and every child that is wanted up is ready or finished. */
  public boolean isReady() {
    return phase == TreePhase.RUNNING && crowd.awaited() == 0;
  }
}
