package org.jsupervisor.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dependencies among the children of one supervisor, to be checked. Linear in children and
 * dependencies, and without recursion, so that a long chain is no stack overflow.
 */
public final class DependencyGraph {
  private final Map<String, List<Dependency>> byName = new LinkedHashMap<>();

  private DependencyGraph(Collection<? extends ChildSpec> siblings) {
    for (ChildSpec each : siblings) {
      byName.put(each.id().name(), each.dependencies());
    }
  }

  /**
   * Every dependency that cannot be: on the child itself, on a sibling that is not there, twice on
   * the same one, or in a circle. Each problem has the path.
   *
   * @param siblings all children of one supervisor
   */
  public static List<SpecProblem> problems(Collection<? extends ChildSpec> siblings) {
    DependencyGraph graph = new DependencyGraph(siblings);
    List<SpecProblem> problems = new ArrayList<>();
    graph.byName.forEach((name, needs) -> graph.checkNames(name, needs, problems));
    Set<String> done = new HashSet<>();
    graph.byName.keySet().forEach(name -> graph.findCircles(name, done, problems));
    return List.copyOf(problems);
  }

  /**
   * As {@link #problems(Collection)}, of one child only: for a child that is added to siblings
   * whose own dependencies were checked before.
   */
  public static List<SpecProblem> problems(
      ChildSpec child, Collection<? extends ChildSpec> siblings) {
    if (child.dependencies().isEmpty()) {
      return List.of();
    }
    DependencyGraph graph = new DependencyGraph(siblings);
    String name = child.id().name();
    graph.byName.put(name, child.dependencies());
    List<SpecProblem> problems = new ArrayList<>();
    graph.checkNames(name, child.dependencies(), problems);
    graph.findCircles(name, new HashSet<>(), problems);
    return List.copyOf(problems);
  }

  private void checkNames(String name, List<Dependency> needs, List<SpecProblem> problems) {
    Set<String> seen = new HashSet<>();
    for (Dependency need : needs) {
      String where = "child '" + name + "': dependencies";
      if (need.on().equals(name)) {
        problems.add(new SpecProblem(where, name, "must not depend on itself"));
      } else if (!byName.containsKey(need.on())) {
        problems.add(new SpecProblem(where, need.on(), "there must be a sibling with this name"));
      }
      if (!seen.add(need.on())) {
        problems.add(new SpecProblem(where, need.on(), "must be named once only"));
      }
    }
  }

  /** Depth first, with a path of our own: a name that is on the path again closes a circle. */
  private void findCircles(String start, Set<String> done, List<SpecProblem> problems) {
    Deque<Visit> path = new ArrayDeque<>();
    Set<String> onPath = new HashSet<>();
    enter(start, path, onPath, done);
    while (!path.isEmpty()) {
      Visit visit = path.getLast();
      if (visit.next == visit.needs.size()) {
        path.removeLast();
        onPath.remove(visit.name);
        done.add(visit.name);
        continue;
      }
      String need = visit.needs.get(visit.next++).on();
      boolean isItself = need.equals(visit.name);
      if (!isItself && onPath.contains(need)) {
        problems.add(circle(path, need));
      } else if (!isItself) {
        enter(need, path, onPath, done);
      }
    }
  }

  private void enter(String name, Deque<Visit> path, Set<String> onPath, Set<String> done) {
    if (byName.containsKey(name) && !done.contains(name)) {
      path.addLast(new Visit(name, byName.get(name)));
      onPath.add(name);
    }
  }

  private static SpecProblem circle(Deque<Visit> path, String again) {
    StringBuilder text = new StringBuilder();
    boolean within = false;
    for (Visit visit : path) {
      within |= visit.name.equals(again);
      if (within) {
        text.append(visit.name).append(" -> ");
      }
    }
    return new SpecProblem(
        "dependencies", text.append(again).toString(), "must not lead back to the same child");
  }

  /** One name on the path, and how far its dependencies are looked at. */
  private static final class Visit {
    final String name;
    final List<Dependency> needs;
    int next;

    Visit(String name, List<Dependency> needs) {
      this.name = name;
      this.needs = needs;
    }
  }
}
