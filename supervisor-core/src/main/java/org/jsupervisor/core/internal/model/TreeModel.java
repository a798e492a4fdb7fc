package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * The whole tree. Immutable: it is published as it is, and readers make their snapshots from it.
 *
 * @param spec the supervisor as it was given; its children are those it began with
 * @param phase what the tree is
 * @param reason why
 * @param children by id
 * @param nextOrdinal the place in the start order of the next child that is added
 * @param numbersUsed the highest number of a run of any child that is forgotten: a child that is
 *     added begins above it, for it may have the id of a forgotten one
 * @param awaited how many children are wanted up and neither ready nor finished
 * @param history the restarts of all children together
 * @param ending how the tree is being stopped; {@link Ending#NOT_YET} while it runs
 */
public record TreeModel(
    SupervisorSpec spec,
    TreePhase phase,
    String reason,
    ChildTable children,
    long nextOrdinal,
    long numbersUsed,
    int awaited,
    RestartHistory history,
    Ending ending) {

  /** Finds one child. */
  public Optional<ChildModel> child(ChildId id) {
    return children.find(id);
  }

  /** All children in start order. */
  public List<ChildModel> inStartOrder() {
    return children.inStartOrder();
  }

  /** How many children there are. */
  public int size() {
    return children.size();
  }

  /** Whether the tree runs and every child that is wanted up is ready or finished. */
  public boolean isReady() {
    return phase == TreePhase.RUNNING && awaited == 0;
  }
}
