package org.jsupervisor.rescan;

import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.SpecProblem;

/**
 * What a rescan has done. Immutable.
 *
 * @param added newly defined children
 * @param changed children with another spec than before
 * @param rolledBack children that did not become ready with another spec, and have the last good
 *     one again; it is not tried again before it changes, or is asked for
 * @param removed children that are gone, and dead
 * @param kept children whose definition is refused now, or was rolled back: their last good one
 *     stays in force
 * @param problems why definitions were refused, and operations that the supervisor refused; those
 *     are tried again at the next rescan
 * @param notes what is in the directory and is not honoured, or not yet: what is wanted initially
 *     of a child that is defined already
 */
public record ScanReport(
    List<ChildId> added,
    List<ChildId> changed,
    List<ChildId> rolledBack,
    List<ChildId> removed,
    List<ChildId> kept,
    List<SpecProblem> problems,
    List<SpecProblem> notes) {
  public ScanReport {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    rolledBack = List.copyOf(rolledBack);
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Whether nothing was done and nothing is wrong; there may be notes. */
  public boolean isEmpty() {
    return added.isEmpty()
        && changed.isEmpty()
        && rolledBack.isEmpty()
        && removed.isEmpty()
        && problems.isEmpty();
  }

  /** Whether everything in the directory is in force. */
  public boolean isClean() {
    return problems.isEmpty();
  }

  /**
   * One line of what was done to whom, for people: {@code added [web], changed none, …}. Problems
   * and notes are not in it.
   *
   * @param namesMax how many names of each kind are spelled, at least 1; of the others only the
   *     number is told
   */
  public String describe(int namesMax) {
    return "added "
        + names(added, namesMax)
        + ", changed "
        + names(changed, namesMax)
        + ", rolled back "
        + names(rolledBack, namesMax)
        + ", removed "
        + names(removed, namesMax)
        + ", kept as they were "
        + names(kept, namesMax);
  }

  private static String names(List<ChildId> children, int max) {
    if (children.size() <= max) {
      return children.isEmpty() ? "none" : children.toString();
    }
    return children.subList(0, max) + " and " + (children.size() - max) + " more";
  }
}
