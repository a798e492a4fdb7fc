package org.jsupervisor.samples.embedding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.strategy.RestartRequest;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;

/**
 * A strategy of one's own: the failed child is restarted with all that depend on it, directly or
 * through others. Immutable, as a strategy must be: what depends on what is that of the specs it
 * was made of, so a child that is added to the tree later is restarted only when it fails itself.
 */
final class WithDependents implements RestartStrategy {
  private final Map<String, List<String>> dependents = new HashMap<>();

  private WithDependents(Collection<? extends ChildSpec> children) {
    for (ChildSpec child : children) {
      for (Dependency needed : child.dependencies()) {
        dependents.computeIfAbsent(needed.on(), name -> new ArrayList<>()).add(child.id().name());
      }
    }
  }

  /** For a supervisor with these children. */
  static WithDependents of(Collection<? extends ChildSpec> children) {
    return new WithDependents(children);
  }

  @Override
  public RestartScope scope(RestartRequest request) {
    Set<String> affected = new HashSet<>(Set.of(request.failed().name()));
    Deque<String> open = new ArrayDeque<>(affected);
    while (!open.isEmpty()) {
      for (String dependent : dependents.getOrDefault(open.remove(), List.of())) {
        if (affected.add(dependent)) {
          open.add(dependent);
        }
      }
    }
    List<ChildId> inOrder =
        request.siblings().stream().filter(id -> affected.contains(id.name())).toList();
    return new RestartScope(inOrder);
  }

  @Override
  public String toString() {
    return "with dependents";
  }
}
