package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreeSnapshot;

/** Children are started in order, each in its turn, and stopped in reverse, one after the other. */
final class RoundOrder {
  /** What the engine says of a stop that is part of the end of a supervisor. */
  private static final String WITH_ITS_SUPERVISOR = "its supervisor stops";

  private static final String WITH_ITS_GROUP = "restarted together with ";

  private final Set<ChildId> redefined = new HashSet<>();
  private final Map<ChildId, List<ChildId>> groups = new HashMap<>();
  private final Map<ChildId, ChildId> coming = new HashMap<>();
  private boolean operated;

  void happens(Happening happening) {
    if (happening instanceof Happening.Define define) {
      redefined.add(define.spec().id());
    }
    operated |=
        !(happening instanceof Happening.Exit
            || happening instanceof Happening.Stall
            || happening instanceof Happening.Stop);
  }

  void hear(SupervisorEvent event, TellsTrue told, Supplier<TreeSnapshot> tree) {
    if (event instanceof SupervisorEvent.GroupRestart group) {
      groups.put(group.child(), group.members());
      // A new round waits for its own members only, not for one that an earlier round started.
      coming.computeIfPresent(
          group.child(), (lead, before) -> group.members().contains(before) ? before : null);
    } else if (event instanceof SupervisorEvent.Removed
        || (event instanceof SupervisorEvent.PhaseChanged came && came.from() == Phase.LAUNCHING)) {
      coming.values().remove(event.child());
    }
    if (!(event instanceof SupervisorEvent.PhaseChanged changed) || isRedefined(event.child())) {
      return;
    }
    if (changed.from() == Phase.WAITING && changed.to() == Phase.LAUNCHING) {
      requireNoOtherIsComing(changed.child());
      requireNoEarlierWaits(changed.child(), siblings(changed.child(), tree.get()), told);
    }
    boolean stops = changed.to() == Phase.STOPPING || changed.to() == Phase.KILLING;
    if (stops && changed.from() == Phase.RUNNING) {
      requireNoLaterLives(changed.child(), inTheSameRound(changed, tree.get()), told);
    }
  }

  /** Those that are stopped one after the other with this one; a group may leave some out. */
  private List<ChildId> inTheSameRound(SupervisorEvent.PhaseChanged changed, TreeSnapshot tree) {
    List<ChildId> siblings = siblings(changed.child(), tree);
    if (changed.reason().equals(WITH_ITS_SUPERVISOR)) {
      return siblings;
    }
    if (operated || !changed.reason().startsWith(WITH_ITS_GROUP)) {
      return List.of();
    }
    ChildId lead = changed.child().parent().orElse(ChildId.ROOT);
    List<ChildId> group = groups.getOrDefault(lead, List.of());
    return siblings.stream().filter(group::contains).toList();
  }

  private void requireNoOtherIsComing(ChildId child) {
    ChildId before = coming.put(child.parent().orElse(ChildId.ROOT), child);
    BrokenInvariant.unless(
        before == null,
        child + " is started in its turn, but the start of " + before + " has not come out");
  }

  private boolean isRedefined(ChildId id) {
    return redefined.stream()
        .anyMatch(lead -> id.equals(lead) || id.path().startsWith(lead.path() + "/"));
  }

  private static void requireNoEarlierWaits(ChildId child, List<ChildId> siblings, TellsTrue told) {
    for (ChildId sibling : siblings.contains(child) ? siblings : List.<ChildId>of()) {
      if (sibling.equals(child)) {
        return;
      }
      BrokenInvariant.unless(
          told.phase(sibling) != Phase.WAITING,
          child + " is started in its turn, but " + sibling + " before it still waits");
    }
  }

  private static void requireNoLaterLives(ChildId child, List<ChildId> siblings, TellsTrue told) {
    // It may be forgotten by now; then its place is not known any more.
    int behind = siblings.contains(child) ? siblings.indexOf(child) + 1 : siblings.size();
    for (ChildId sibling : siblings.subList(behind, siblings.size())) {
      Phase phase = told.phase(sibling);
      BrokenInvariant.unless(
          !phase.isAlive() || phase == Phase.UNKILLABLE,
          child + " is stopped in its turn, but " + sibling + " behind it is still " + phase);
    }
  }

  private static List<ChildId> siblings(ChildId child, TreeSnapshot tree) {
    return tree.children().stream()
        .map(ChildSnapshot::id)
        .filter(other -> other.parent().equals(child.parent()))
        .toList();
  }
}
