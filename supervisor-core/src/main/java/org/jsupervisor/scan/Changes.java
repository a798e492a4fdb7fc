package org.jsupervisor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.rescan.ChangePlan;

/** Tells a plan to people: what becomes of each child, and why. */
final class Changes {
  private Changes() {}

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
}
