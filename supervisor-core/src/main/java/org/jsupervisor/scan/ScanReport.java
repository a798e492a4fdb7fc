package org.jsupervisor.scan;

import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.SpecProblem;

/**
 * What a rescan has done. Immutable.
 *
 * @param added newly defined children
 * @param changed children with another spec than before
 * @param removed children that are gone, and dead
 * @param kept children whose definition is refused now: their last good one stays in force
 * @param problems why definitions were refused, and operations that the supervisor refused; those
 *     are tried again at the next rescan
 * @param notes what is in the directory and is not honoured, or not yet: what is wanted initially
 *     of a child that is defined already
 */
public record ScanReport(
    List<ChildId> added,
    List<ChildId> changed,
    List<ChildId> removed,
    List<ChildId> kept,
    List<SpecProblem> problems,
    List<SpecProblem> notes) {
  public ScanReport {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Whether everything in the directory is in force. */
  public boolean isClean() {
    return problems.isEmpty();
  }
}
