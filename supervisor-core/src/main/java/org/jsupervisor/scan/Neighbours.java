package org.jsupervisor.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.DependencyGraph;
import org.jsupervisor.spec.Feeds;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SharedOutputs;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.SpecProblem;

/**
 * What definitions must not be to each other. The supervisor of them all would be refused as a
 * whole; so the same rules are asked here, and those that break one are refused alone.
 */
final class Neighbours {
  /** By name, which is unique. */
  private final Map<String, ProcessSpec> specs = new LinkedHashMap<>();

  private final Map<ChildId, List<SpecProblem>> problems = new HashMap<>();

  private Neighbours(List<Definition> definitions) {
    for (Definition definition : definitions) {
      specs(definition).forEach(spec -> specs.put(spec.id().name(), spec));
    }
  }

  /** The definitions, with those refused that cannot be beside the others that are left. */
  static List<Definition> judged(List<Definition> definitions) {
    List<Definition> left = definitions;
    while (true) {
      Neighbours neighbours = new Neighbours(left);
      neighbours.check();
      if (neighbours.problems.isEmpty()) {
        return left;
      }
      neighbours.passOn();
      // They are looked at again: who shares something with one of these is alone now, maybe.
      left = left.stream().map(neighbours::judged).toList();
    }
  }

  private static List<ProcessSpec> specs(Definition definition) {
    return definition instanceof Definition.Defined defined ? defined.specs() : List.of();
  }

  private Definition judged(Definition definition) {
    List<SpecProblem> told = new ArrayList<>();
    for (ProcessSpec spec : specs(definition)) {
      problems
          .getOrDefault(spec.id(), List.of())
          .forEach(problem -> told.add(at(definition, problem)));
    }
    return told.isEmpty()
        ? definition
        : new Definition.Refused(definition.origin(), definition.name(), told);
  }

  private static SpecProblem at(Definition definition, SpecProblem problem) {
    return problem.under(definition.origin().toString());
  }

  private void check() {
    SharedOutputs.of(specs.values()).forEach(this::checkShared);
    for (ProcessSpec spec : specs.values()) {
      checkAlone(spec);
      if (!spec.dependencies().isEmpty()) {
        Collection<ProcessSpec> needed = neededBy(spec);
        DependencyGraph.problems(spec, needed).forEach(problem -> add(spec.id(), problem));
        // Who feeds another depends on it: so these are all that it feeds.
        Feeds.problems(spec, needed).forEach(problem -> add(spec.id(), problem));
      }
    }
  }

  /** Whoever depends on one that is refused, directly or not, has lost its sibling. */
  private void passOn() {
    Map<String, List<ProcessSpec>> dependents = new HashMap<>();
    for (ProcessSpec spec : specs.values()) {
      for (Dependency dependency : spec.dependencies()) {
        dependents.computeIfAbsent(dependency.on(), any -> new ArrayList<>()).add(spec);
      }
    }
    Deque<ChildId> refused = new ArrayDeque<>(problems.keySet());
    while (!refused.isEmpty()) {
      String name = refused.remove().name();
      for (ProcessSpec spec : dependents.getOrDefault(name, List.of())) {
        if (!problems.containsKey(spec.id())) {
          String place = "child '" + spec.id() + "'";
          add(spec.id(), new SpecProblem(place, name, "must not need a service that is refused"));
          refused.add(spec.id());
        }
      }
    }
  }

  private void checkShared(SharedOutputs.Shared shared) {
    String names = shared.children().stream().map(ChildId::path).collect(Collectors.joining(", "));
    SpecProblem problem =
        new SpecProblem(
            "",
            shared.place(),
            "a place of output must belong to one service only, is named by " + names);
    shared.children().stream().distinct().forEach(child -> add(child, problem));
  }

  /** What a reader of the embedder's may have made, though service files cannot say it. */
  private void checkAlone(ProcessSpec spec) {
    if (!spec.id().parent().equals(Optional.of(ChildId.ROOT))) {
      add(spec.id(), new SpecProblem("", spec.id().path(), "must be a single name"));
    }
    if (spec.significance() == Significance.SIGNIFICANT
        && spec.restart().type() == RestartType.PERMANENT) {
      String rule = "a permanent child must not be significant";
      add(spec.id(), new SpecProblem("", spec.id().path(), rule));
    }
  }

  /** All that it depends on, themselves and by others: what others depend on is not its fault. */
  private Collection<ProcessSpec> neededBy(ProcessSpec spec) {
    Map<String, ProcessSpec> needed = new LinkedHashMap<>();
    Deque<ProcessSpec> open = new ArrayDeque<>(List.of(spec));
    while (!open.isEmpty()) {
      for (Dependency dependency : open.remove().dependencies()) {
        ProcessSpec other = specs.get(dependency.on());
        if (other != null && needed.putIfAbsent(dependency.on(), other) == null) {
          open.add(other);
        }
      }
    }
    return needed.values();
  }

  private void add(ChildId child, SpecProblem problem) {
    problems.computeIfAbsent(child, any -> new ArrayList<>()).add(problem);
  }
}
