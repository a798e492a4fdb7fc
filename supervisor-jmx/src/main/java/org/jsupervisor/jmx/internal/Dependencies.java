package org.jsupervisor.jmx.internal;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.jmx.DependencyReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;

/** What a child depends on, and what depends on it: siblings, by their specs and snapshots. */
final class Dependencies {
  private Dependencies() {}

  static DependencyReport[] of(Child child, ServiceBeans beans) {
    return child.spec().map(ChildSpec::dependencies).orElse(List.of()).stream()
        .map(dependency -> report(child, dependency, beans))
        .toArray(DependencyReport[]::new);
  }

  private static DependencyReport report(Child child, Dependency dependency, ServiceBeans beans) {
    ChildId on = child.id().parent().orElse(ChildId.ROOT).child(dependency.on());
    Optional<ChildSnapshot> now = child.supervisor().child(on);
    return new DependencyReport(
        on.path(),
        beans.nameOf(on),
        dependency.whenLost(),
        now.map(ChildSnapshot::phase).orElse(null),
        now.map(ChildSnapshot::ready).orElse(false));
  }

  /** A line for each sibling that depends on the child. */
  static String[] on(Child child) {
    return child.supervisor().snapshot().children().stream()
        .filter(other -> other.id().parent().equals(child.id().parent()))
        .flatMap(
            other ->
                child.supervisor().spec(other.id()).map(ChildSpec::dependencies).stream()
                    .flatMap(List::stream)
                    .filter(dependency -> dependency.on().equals(child.id().name()))
                    .map(
                        dependency ->
                            other.id()
                                + " ("
                                + dependency.whenLost()
                                + "): phase "
                                + other.phase()))
        .toArray(String[]::new);
  }
}
