package org.jsupervisor.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/**
 * The difference between what is in force and what was found. A pure function of both.
 *
 * @param added to be defined
 * @param changed to be defined with another spec
 * @param later another spec only in what is wanted initially: not worth a restart of the child
 * @param removed to be removed
 * @param refused what stays in force though its definition is not in order now, with the reason
 * @param rejected what was tried, and rolled back: what is in force stays
 * @param unchanged what stays as it is
 */
record ScanPlan(
    List<Sourced> added,
    List<Sourced> changed,
    List<Sourced> later,
    List<Sourced> removed,
    Map<Sourced, String> refused,
    List<Sourced> rejected,
    List<Sourced> unchanged) {
  private ScanPlan() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new TreeMap<>((one, other) -> one.id().compareTo(other.id())),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /**
   * The difference.
   *
   * @param inForce what the supervisor has confirmed
   * @param rolledBack specs that are not to be tried again
   */
  static ScanPlan between(
      Map<ChildId, Sourced> inForce, Map<ChildId, ProcessSpec> rolledBack, ScanResult found) {
    ScanPlan plan = new ScanPlan();
    SortedMap<ChildId, Sourced> gone = new TreeMap<>(inForce);
    for (Sourced each : Sourced.of(found)) {
      Sourced before = gone.remove(each.id());
      plan.sort(each, before == null ? each : before, before == null, rolledBack);
    }
    Map<String, String> reasons = refusals(gone.values(), found);
    for (Sourced each : gone.values()) {
      String reason = reasons.get(each.id().name());
      if (reason == null) {
        plan.removed.add(each);
      } else {
        plan.refused.put(each, reason);
      }
    }
    return plan;
  }

  private void sort(
      Sourced found, Sourced before, boolean isNew, Map<ChildId, ProcessSpec> rolledBack) {
    if (isNew) {
      added.add(found);
    } else if (before.spec().equals(found.spec())) {
      unchanged.add(found);
    } else if (found.spec().equals(rolledBack.get(found.id()))) {
      rejected.add(found);
    } else if (withInitiallyOf(found.spec(), before.spec()).equals(found.spec())) {
      later.add(found);
    } else {
      changed.add(found);
    }
  }

  /** Why those are kept that are not in order now, and the loggers that they bring; by name. */
  private static Map<String, String> refusals(Collection<Sourced> gone, ScanResult found) {
    Map<String, String> names = new HashMap<>();
    Map<Path, String> unreadable = new HashMap<>();
    for (Definition definition : found.definitions()) {
      if (definition instanceof Definition.Refused) {
        names.put(definition.name(), "its definition is refused");
      } else if (definition instanceof Definition.Unreadable) {
        unreadable.put(definition.origin(), "its entry cannot be read");
      }
    }
    for (Sourced each : gone) {
      String reason = unreadable.get(each.origin());
      if (reason != null) {
        names.putIfAbsent(each.id().name(), reason);
      }
    }
    for (Sourced each : gone) {
      String reason = names.get(each.id().name());
      if (reason != null) {
        each.spec().output().consumers().forEach(logger -> names.putIfAbsent(logger, reason));
      }
    }
    return names;
  }

  /** What is in force, but with the initial wish that was found. */
  private static ProcessSpec withInitiallyOf(ProcessSpec found, ProcessSpec before) {
    return before.toBuilder().withInitially(found.initially()).build();
  }

  /** What stays as it is, but may come from another entry than before. */
  List<Sourced> staying() {
    List<Sourced> staying = new ArrayList<>(unchanged);
    staying.addAll(later);
    staying.addAll(rejected);
    return staying;
  }

  /** The children that stay though their definitions are not in order, or were rolled back. */
  List<ChildId> kept() {
    List<ChildId> kept = new ArrayList<>();
    refused.keySet().forEach(each -> kept.add(each.id()));
    rejected.forEach(each -> kept.add(each.id()));
    kept.sort(null);
    return kept;
  }
}
