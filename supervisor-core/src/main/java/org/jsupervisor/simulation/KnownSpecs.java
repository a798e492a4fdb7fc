package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * The specs of the scenario's tree, but for those that an operation has replaced, and all below.
 */
final class KnownSpecs {
  private final Map<ChildId, ChildSpec> known = new HashMap<>();
  private final Set<ChildId> linked = new HashSet<>();

  KnownSpecs(SupervisorSpec tree) {
    learn(ChildId.ROOT, tree);
  }

  private void learn(ChildId id, ChildSpec spec) {
    known.put(id, spec);
    if (!spec.dependencies().isEmpty()) {
      linked.add(id.parent().orElseThrow());
    }
    if (spec instanceof SupervisorSpec lead) {
      lead.children().forEach(child -> learn(id.child(child.id().name()), child));
    }
  }

  void happens(Happening happening) {
    if (happening instanceof Happening.Define define) {
      ChildId id = define.spec().id();
      known.keySet().removeIf(other -> isAtOrBelow(other, id));
      if (!define.spec().dependencies().isEmpty()) {
        linked.add(id.parent().orElseThrow());
      }
    }
  }

  private static boolean isAtOrBelow(ChildId id, ChildId top) {
    return id.equals(top) || id.path().startsWith(top.path() + "/");
  }

  Optional<ChildSpec> of(ChildId id) {
    return Optional.ofNullable(known.get(id));
  }

  Optional<SupervisorSpec> lead(ChildId id) {
    return of(id).filter(SupervisorSpec.class::isInstance).map(SupervisorSpec.class::cast);
  }

  /** Whether any child of this supervisor may have to wait for another one. */
  boolean isLinked(ChildId lead) {
    return linked.contains(lead);
  }

  /** Whether the end of this supervisor, or of one above it, may be cut short. */
  boolean mayBeCutShort(ChildId lead) {
    boolean here = lead(lead).map(spec -> spec.stop().within().isPresent()).orElse(true);
    return here || lead.parent().filter(this::mayBeCutShort).isPresent();
  }
}
