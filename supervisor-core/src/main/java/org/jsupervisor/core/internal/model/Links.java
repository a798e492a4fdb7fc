package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.WhenLost;

/** Who depends on whom among the children of one supervisor. Immutable. */
final class Links {
  static final Links NONE = new Links(Map.of());

  /** By the one that others depend on. */
  private final Map<ChildId, List<Dependent>> dependents;

  /** One that depends on another. */
  record Dependent(ChildId child, WhenLost whenLost) {}

  private Links(Map<ChildId, List<Dependent>> dependents) {
    this.dependents = dependents;
  }

  /** Who depends on this child. */
  List<Dependent> on(ChildId child) {
    return dependents.getOrDefault(child, List.of());
  }

  /** These links and those of these children, which had none. */
  Links plus(List<ChildSpec> children) {
    Map<ChildId, List<Dependent>> added = new HashMap<>();
    for (ChildSpec child : children) {
      for (Dependency dependency : child.dependencies()) {
        added
            .computeIfAbsent(sibling(child.id(), dependency), on -> new ArrayList<>(1))
            .add(new Dependent(child.id(), dependency.whenLost()));
      }
    }
    if (added.isEmpty()) {
      return this;
    }
    Map<ChildId, List<Dependent>> more = new HashMap<>(dependents);
    added.forEach(
        (on, others) -> {
          List<Dependent> longer = new ArrayList<>(on(on));
          longer.addAll(others);
          more.put(on, List.copyOf(longer));
        });
    return new Links(more);
  }

  /** These links without those of this child; what depends on it still does. */
  Links minus(ChildSpec child) {
    if (child.dependencies().isEmpty()) {
      return this;
    }
    Map<ChildId, List<Dependent>> less = new HashMap<>(dependents);
    for (Dependency dependency : child.dependencies()) {
      ChildId on = sibling(child.id(), dependency);
      List<Dependent> shorter =
          on(on).stream().filter(each -> !each.child().equals(child.id())).toList();
      if (shorter.isEmpty()) {
        less.remove(on);
      } else {
        less.put(on, shorter);
      }
    }
    return less.isEmpty() ? NONE : new Links(less);
  }

  /** The same children, each behind those that it depends on, otherwise in the given order. */
  List<ChildId> sorted(List<ChildId> children) {
    if (dependents.isEmpty()) {
      return children;
    }
    List<ChildId> reversed = new ArrayList<>(children.size());
    Set<ChildId> wanted = new HashSet<>(children);
    Set<ChildId> placed = new HashSet<>();
    for (int i = children.size() - 1; i >= 0; i--) {
      placeBehindDependents(children.get(i), wanted, placed, reversed);
    }
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }

  /** Depth first, without recursion: a chain may be long. Circles are refused before. */
  private void placeBehindDependents(
      ChildId child, Set<ChildId> wanted, Set<ChildId> placed, List<ChildId> reversed) {
    List<ChildId> path = new ArrayList<>(List.of(child));
    Set<ChildId> opened = new HashSet<>();
    while (!path.isEmpty()) {
      ChildId last = path.get(path.size() - 1);
      if (opened.add(last)) {
        on(last).stream()
            .map(Dependent::child)
            .filter(id -> wanted.contains(id) && !placed.contains(id) && !opened.contains(id))
            .forEach(path::add);
      } else {
        path.remove(path.size() - 1);
        if (placed.add(last)) {
          reversed.add(last);
        }
      }
    }
  }

  private static ChildId sibling(ChildId child, Dependency dependency) {
    return child.parent().orElseThrow().child(dependency.on());
  }
}
