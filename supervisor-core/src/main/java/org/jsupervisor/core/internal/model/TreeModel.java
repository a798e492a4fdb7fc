package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * The whole tree. Immutable: it is published as it is, and readers make their snapshots from it.
 *
 * @param spec the supervisor as it was given; its children are those it began with
 * @param phase what the tree is
 * @param reason why
 * @param children by id, the root supervisor among them
 * @param nextOrdinal the place in the start order of the next child that is added
 * @param numbersUsed the highest number of a run of any child that is forgotten: a child that is
 *     added begins above it, for it may have the id of a forgotten one
 * @param generationsUsed the highest generation of any child that is forgotten, for the same reason
 * @param awaited how many children are wanted up and neither ready nor finished
 * @param ending how the tree is being stopped; {@link Ending#NOT_YET} while it runs
 */
public record TreeModel(
    SupervisorSpec spec,
    TreePhase phase,
    String reason,
    ChildTable children,
    long nextOrdinal,
    long numbersUsed,
    long generationsUsed,
    int awaited,
    Ending ending) {

  /** Finds one child. */
  public Optional<ChildModel> child(ChildId id) {
    return children.find(id);
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
    return phase == TreePhase.RUNNING && awaited == 0;
  }
}
