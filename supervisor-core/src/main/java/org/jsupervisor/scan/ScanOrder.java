package org.jsupervisor.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.spec.Dependency;

/**
 * In which order a plan is applied: what is gone goes first, so that its ports and files are free,
 * dependents before what they need; then what is new or changed comes, what others need before
 * them; then goes what others needed until now. A pure function.
 */
final class ScanOrder {
  private final Map<ChildId, Sourced> inForce;

  private ScanOrder(Map<ChildId, Sourced> inForce) {
    this.inForce = inForce;
  }

  /**
   * A step of the application.
   *
   * @param action never {@code KEEP}
   */
  record Step(Change.Action action, Sourced what) {}

  /** The steps; those of one batch do not depend on each other. */
  static List<List<Step>> batches(ScanPlan plan, Map<ChildId, Sourced> inForce) {
    return new ScanOrder(inForce).batches(plan);
  }

  private List<List<Step>> batches(ScanPlan plan) {
    Set<String> needed = neededByOthersThan(plan.removed());
    List<Sourced> first = new ArrayList<>(plan.removed());
    first.removeIf(each -> needed.contains(each.id().name()));
    List<Sourced> last = new ArrayList<>(plan.removed());
    last.removeAll(first);
    List<Sourced> coming = new ArrayList<>(plan.added());
    coming.addAll(plan.changed());
    List<List<Step>> batches = new ArrayList<>(stops(first));
    Set<Sourced> isNew = new HashSet<>(plan.added());
    for (List<Sourced> layer : layers(coming)) {
      batches.add(layer.stream().map(each -> new Step(action(isNew, each), each)).toList());
    }
    batches.addAll(stops(last));
    return batches;
  }

  private static Change.Action action(Set<Sourced> isNew, Sourced each) {
    return isNew.contains(each) ? Change.Action.START : Change.Action.RESTART;
  }

  /** What those need, directly or not, that stay or change; as they are now. */
  private Set<String> neededByOthersThan(Collection<Sourced> removed) {
    Set<ChildId> going = new HashSet<>();
    removed.forEach(each -> going.add(each.id()));
    Set<String> needed = new HashSet<>();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Sourced each : inForce.values()) {
        if (!going.contains(each.id()) || needed.contains(each.id().name())) {
          grows |= needed.addAll(needs(each));
        }
      }
    }
    return needed;
  }

  private static List<List<Step>> stops(List<Sourced> removed) {
    List<List<Step>> stops = new ArrayList<>();
    for (List<Sourced> layer : layers(removed)) {
      stops.add(layer.stream().map(each -> new Step(Change.Action.STOP, each)).toList());
    }
    Collections.reverse(stops);
    return stops;
  }

  /** Each layer needs only what is in the ones before it, or is not among these at all. */
  private static List<List<Sourced>> layers(List<Sourced> all) {
    List<List<Sourced>> layers = new ArrayList<>();
    List<Sourced> left = new ArrayList<>(all);
    left.sort((one, other) -> one.id().compareTo(other.id()));
    while (!left.isEmpty()) {
      Set<String> names = new HashSet<>();
      left.forEach(each -> names.add(each.id().name()));
      List<Sourced> layer = new ArrayList<>(left);
      layer.removeIf(each -> needs(each).stream().anyMatch(names::contains));
      // A circle cannot be: a supervisor refuses it, and so does the scan. It must not hang here.
      List<Sourced> next = layer.isEmpty() ? new ArrayList<>(left) : layer;
      layers.add(next);
      left.removeAll(new HashSet<>(next));
    }
    return layers;
  }

  private static List<String> needs(Sourced each) {
    return each.spec().dependencies().stream().map(Dependency::on).toList();
  }
}
