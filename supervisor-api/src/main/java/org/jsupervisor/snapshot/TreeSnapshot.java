package org.jsupervisor.snapshot;

import java.util.List;

/**
 * The whole tree at one moment.
 *
 * @param name the name of the root supervisor
 * @param phase what the tree is
 * @param reason why, one phrase for people
 * @param children in start order
 */
public record TreeSnapshot(
    String name, TreePhase phase, String reason, List<ChildSnapshot> children) {
  public TreeSnapshot {
    children = List.copyOf(children);
  }

  /** Whether the tree runs and every child that is wanted up is ready or finished. */
  public boolean isReady() {
    return phase == TreePhase.RUNNING
        && children.stream()
            .filter(child -> child.desire() == Desire.UP)
            .allMatch(ChildSnapshot::isAsWanted);
  }
}
