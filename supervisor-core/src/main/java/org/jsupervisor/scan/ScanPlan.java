package org.jsupervisor.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
    List<Sourced> added,
    List<Sourced> changed,
    List<Sourced> later,
    List<ChildId> removed,
    List<ChildId> kept) {
  static ScanPlan between(Map<ChildId, Sourced> inForce, ScanResult found) {
    ScanPlan plan =
        new ScanPlan(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    SortedMap<ChildId, Sourced> gone = new TreeMap<>(inForce);
    for (Sourced each : Sourced.of(found)) {
      Sourced before = gone.remove(each.id());
      if (before == null) {
        plan.added.add(each);
      } else if (!before.spec().equals(each.spec())) {
        (isLaterOnly(each.spec(), before.spec()) ? plan.later : plan.changed).add(each);
      }
    }
    Set<String> refused = refused(gone.values(), found);
    for (ChildId id : gone.keySet()) {
      (refused.contains(id.name()) ? plan.kept : plan.removed).add(id);
    }
    return plan;
  }

  /** Those of what is in force that are not in order now, with the loggers that they bring. */
  private static Set<String> refused(Collection<Sourced> gone, ScanResult found) {
    Set<String> names = new HashSet<>();
    Set<Path> unreadable = new HashSet<>();
    for (Definition definition : found.definitions()) {
      if (definition instanceof Definition.Refused refused) {
        names.add(refused.name());
      } else if (definition instanceof Definition.Unreadable) {
        unreadable.add(definition.origin());
      }
    }
    for (Sourced each : gone) {
      if (unreadable.contains(each.origin())) {
        names.add(each.id().name());
      }
      if (names.contains(each.id().name())) {
        names.addAll(each.spec().output().consumers());
      }
    }
    return names;
  }

  private static boolean isLaterOnly(ProcessSpec found, ProcessSpec before) {
    return withInitiallyOf(found, before).equals(found);
  }

  /** What is in force, but with the initial wish that was found. */
  private static ProcessSpec withInitiallyOf(ProcessSpec found, ProcessSpec before) {
    return before.toBuilder().withInitially(found.initially()).build();
  }
}
