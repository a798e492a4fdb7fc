package org.jsupervisor.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which children of one supervisor feed which, to be checked. That each one is there, is another
 * one, and that nobody feeds itself in the end, is part of {@link DependencyGraph}: who feeds
 * another depends on it.
 */
public final class Feeds {
  private Feeds() {}

  /**
   * Every child that is fed and cannot be.
   *
   * @param siblings all children of one supervisor
   */
  public static List<SpecProblem> problems(Collection<? extends ChildSpec> siblings) {
    Map<String, ChildSpec> byName = byName(siblings);
    List<SpecProblem> problems = new ArrayList<>();
    siblings.forEach(each -> check(each, byName, problems));
    return List.copyOf(problems);
  }

  /**
   * As {@link #problems(Collection)}, for one child that is added to siblings that were checked
   * before, or takes the place of one of them: what it feeds, and what feeds it.
   */
  public static List<SpecProblem> problems(
      ChildSpec child, Collection<? extends ChildSpec> siblings) {
    Map<String, ChildSpec> byName = byName(siblings);
    String name = child.id().name();
    byName.put(name, child);
    List<SpecProblem> problems = new ArrayList<>();
    for (ChildSpec each : byName.values()) {
      if (each == child || consumers(each).contains(name)) {
        check(each, byName, problems);
      }
    }
    return List.copyOf(problems);
  }

  private static Map<String, ChildSpec> byName(Collection<? extends ChildSpec> siblings) {
    Map<String, ChildSpec> byName = new LinkedHashMap<>();
    siblings.forEach(each -> byName.put(each.id().name(), each));
    return byName;
  }

  private static Set<String> consumers(ChildSpec child) {
    return child instanceof ProcessSpec process ? process.output().consumers() : Set.of();
  }

  private static void check(
      ChildSpec producer, Map<String, ChildSpec> byName, List<SpecProblem> problems) {
    for (String name : consumers(producer)) {
      ChildSpec consumer = byName.get(name);
      String where = "child '" + producer.id().name() + "': output";
      if (consumer != null && !isFed(consumer)) {
        problems.add(new SpecProblem(where, name, "must be a process whose input is FED"));
      } else if (consumer instanceof ProcessSpec logger
          && ((ProcessSpec) producer).hostDeath() == HostDeath.SURVIVE
          && logger.hostDeath() == HostDeath.DIE) {
        problems.add(
            new SpecProblem(
                where, name, "must survive the host as well: else its end is that of both"));
      }
    }
  }

  private static boolean isFed(ChildSpec child) {
    return child instanceof ProcessSpec process && process.input().kind() == InputSpec.Kind.FED;
  }

  /** The dependencies of a child with this output, on those that it feeds too. */
  static List<Dependency> withConsumers(List<Dependency> dependencies, OutputSpec output) {
    if (output.consumers().isEmpty()) {
      return List.copyOf(dependencies);
    }
    Set<String> named = new HashSet<>();
    dependencies.forEach(each -> named.add(each.on()));
    List<Dependency> all = new ArrayList<>(dependencies);
    for (String consumer : output.consumers()) {
      if (named.add(consumer)) {
        all.add(implied(consumer));
      }
    }
    return List.copyOf(all);
  }

  /** Those that {@link #withConsumers} would add again. */
  static List<Dependency> withoutConsumers(List<Dependency> dependencies, OutputSpec output) {
    Set<Dependency> implied = new HashSet<>();
    output.consumers().forEach(consumer -> implied.add(implied(consumer)));
    return dependencies.stream().filter(each -> !implied.contains(each)).toList();
  }

  private static Dependency implied(String consumer) {
    return new Dependency(consumer, WhenLost.GOES_ON);
  }
}
