package org.jsupervisor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.SpecProblem;

/**
 * What a rescan would do, as {@link DirectoryFollower#plan} tells it: nothing has been done.
 * Immutable.
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

  /** What a host does that begins with what was found: everything is new. */
  public static ChangePlan ofStart(ScanResult found) {
    return of(ScanPlan.between(Map.of(), Map.of(), found), Map.of(), found);
  }

  static ChangePlan of(ScanPlan plan, Map<ChildId, Sourced> inForce, ScanResult found) {
    List<Change> changes = new ArrayList<>();
    for (List<ScanOrder.Step> batch : ScanOrder.batches(plan, inForce)) {
      for (ScanOrder.Step step : batch) {
        changes.add(change(step.action(), step.what(), reason(step, inForce)));
      }
    }
    plan.unchanged().forEach(each -> changes.add(keep(each, "unchanged")));
    plan.later().forEach(each -> changes.add(keep(each, "only what is wanted initially changed")));
    plan.rejected().forEach(each -> changes.add(keep(each, "the new definition was rolled back")));
    plan.refused().forEach((each, reason) -> changes.add(keep(each, reason)));
    return new ChangePlan(changes, found.problems(), found.notes());
  }

  private static String reason(ScanOrder.Step step, Map<ChildId, Sourced> inForce) {
    Sourced before = inForce.get(step.what().id());
    if (before == null) {
      return "new";
    }
    return step.action() == Change.Action.STOP
        ? "its definition is gone"
        : SpecDifference.between(before.spec(), step.what().spec());
  }

  private static Change keep(Sourced each, String reason) {
    return change(Change.Action.KEEP, each, reason);
  }

  private static Change change(Change.Action action, Sourced each, String reason) {
    return new Change(action, each.id(), each.origin(), reason);
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
