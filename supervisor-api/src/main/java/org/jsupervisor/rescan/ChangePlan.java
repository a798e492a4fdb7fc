package org.jsupervisor.rescan;

import java.util.List;
import java.util.stream.Collectors;
import org.jsupervisor.spec.SpecProblem;

/**
 * What a rescan would do, as {@link DirectoryScan#plan} tells it: nothing has been done. Immutable.
 *
 * @param changes one for each child of the directory, in the order in which they would be applied;
 *     those that are kept come last
 * @param problems why definitions are refused or cannot be read
 * @param notes what is in the directory and is not honoured
 */
public record ChangePlan(
    List<Change> changes, List<SpecProblem> problems, List<SpecProblem> notes) {
  public ChangePlan {
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Whether nothing would be done. */
  public boolean isEmpty() {
    return changes.stream().allMatch(change -> change.action() == Change.Action.KEEP);
  }

  /** One line for each change. */
  @Override
  public String toString() {
    return changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
  }
}
