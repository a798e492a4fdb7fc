package org.jsupervisor.scan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param kept refused now, but good before
 */
record ScanPlan(
    List<ProcessSpec> added,
    List<ProcessSpec> changed,
    List<ProcessSpec> later,
    List<ChildId> removed,
    List<ChildId> kept) {
  static ScanPlan between(Map<ChildId, ProcessSpec> inForce, ScanResult found) {
    ScanPlan plan =
        new ScanPlan(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Set<String> refused = new HashSet<>();
    for (Definition definition : found.definitions()) {
      if (definition instanceof Definition.Refused) {
        refused.add(definition.name());
      }
    }
    SortedMap<ChildId, ProcessSpec> gone = new TreeMap<>(inForce);
    for (ProcessSpec spec : found.specs()) {
      ProcessSpec before = gone.remove(spec.id());
      if (before == null) {
        plan.added.add(spec);
      } else if (!before.equals(spec)) {
        (withInitiallyOf(spec, before).equals(spec) ? plan.later : plan.changed).add(spec);
      }
    }
    // Together with what it brings: its logger.
    for (ProcessSpec spec : gone.values()) {
      if (refused.contains(spec.id().name())) {
        refused.addAll(spec.output().consumers());
      }
    }
    for (ChildId id : gone.keySet()) {
      (refused.contains(id.name()) ? plan.kept : plan.removed).add(id);
    }
    return plan;
  }

  /** What is in force, but with the initial wish that was found. */
  private static ProcessSpec withInitiallyOf(ProcessSpec found, ProcessSpec before) {
    return before.toBuilder().withInitially(found.initially()).build();
  }
}
