package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.TeamStop;

/** Children are started in order, each in its turn, and stopped in reverse, one after the other. */
final class RoundOrder {
  private final KnownSpecs specs;
  private final boolean anyMayStart;
  private final Map<ChildId, SupervisorEvent.GroupRestart> groups = new HashMap<>();
  private final Map<ChildId, ChildId> coming = new HashMap<>();
  private boolean operated;

  /** Where only so many may be starting at once, a turn may be waited for in two ways. */
  RoundOrder(KnownSpecs specs, boolean anyMayStart) {
    this.specs = specs;
    this.anyMayStart = anyMayStart;
  }

  void happens(Happening happening) {
    operated |=
        !(happening instanceof Happening.Exit
            || happening instanceof Happening.Stall
            || happening instanceof Happening.Stop);
  }

  void hear(SupervisorEvent event, TellsTrue told, Supplier<TreeSnapshot> tree) {
    if (event instanceof SupervisorEvent.GroupRestart group) {
      groups.put(group.child(), group);
    } else if (event instanceof SupervisorEvent.Removed
        || (event instanceof SupervisorEvent.PhaseChanged came && came.from() == Phase.LAUNCHING)) {
      coming.values().remove(event.child());
    }
    if (!(event instanceof SupervisorEvent.PhaseChanged changed)
        || specs.of(event.child()).isEmpty()) {
      return;
    }
    ChildId lead = changed.child().parent().orElse(ChildId.ROOT);
    if (changed.from() == Phase.WAITING && changed.to() == Phase.LAUNCHING) {
      groups.remove(lead);
      if (anyMayStart && !specs.isLinked(lead)) {
        requireNoOtherIsComing(changed.child());
        requireNoEarlierWaits(changed.child(), siblings(changed.child(), tree.get()), told);
      }
    }
    boolean stops = changed.to() == Phase.STOPPING || changed.to() == Phase.KILLING;
    if (stops && changed.from() == Phase.RUNNING && !specs.mayBeCutShort(lead)) {
      requireItsTurn(changed, lead, told, tree);
    }
  }

  private void requireItsTurn(
      SupervisorEvent.PhaseChanged stopped,
      ChildId lead,
      TellsTrue told,
      Supplier<TreeSnapshot> tree) {
    ChildId child = stopped.child();
    List<ChildId> round = inTheSameRound(stopped, lead, told, siblings(child, tree.get()));
    round.stream()
        .filter(other -> needs(other, child))
        .forEach(other -> requireNotAlive(child, other, told));
    boolean oneByOne =
        specs
            .lead(lead)
            .filter(spec -> spec.stop().order() == TeamStop.Order.ONE_BY_ONE)
            .isPresent();
    if (oneByOne && !specs.isLinked(lead)) {
      requireNoLaterLives(child, round, told);
    }
  }

  private boolean needs(ChildId dependent, ChildId on) {
    return specs
        .of(dependent)
        .filter(spec -> spec.dependencies().stream().anyMatch(d -> d.on().equals(on.name())))
        .isPresent();
  }

  /**
   * Those that are stopped one after the other with this one. It is stopped with its supervisor if
   * that one stops and nobody wants the child any more; else something of its own may be the cause.
   * The same goes for a group, which may leave some out, and a child that was not ready yet. In the
   * middle of a group's restart a supervisor may also give up, or end with a significant child:
   * only the reason tells.
   */
  private List<ChildId> inTheSameRound(
      SupervisorEvent.PhaseChanged stopped, ChildId lead, TellsTrue told, List<ChildId> siblings) {
    ChildId child = stopped.child();
    if (told.isStopping(lead)) {
      return told.isJustUnwanted(child) ? siblings : List.of();
    }
    SupervisorEvent.GroupRestart group = groups.get(lead);
    if (group == null || operated || specs.isLinked(lead) || !told.isReady(child)) {
      return List.of();
    }
    boolean together = stopped.reason().equals("restarted together with " + group.failed());
    return together ? siblings.stream().filter(group.members()::contains).toList() : List.of();
  }

  private void requireNoOtherIsComing(ChildId child) {
    ChildId before = coming.put(child.parent().orElse(ChildId.ROOT), child);
    BrokenInvariant.unless(
        before == null,
        child + " is started in its turn, but the start of " + before + " has not come out");
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
      requireNotAlive(child, sibling, told);
    }
  }

  private static void requireNotAlive(ChildId child, ChildId other, TellsTrue told) {
    Phase phase = told.phase(other);
    BrokenInvariant.unless(
        !phase.isAlive() || told.isGivenUp(other),
        child + " is stopped in its turn, but " + other + " behind it is still " + phase);
  }

  private static List<ChildId> siblings(ChildId child, TreeSnapshot tree) {
    return tree.children().stream()
        .map(ChildSnapshot::id)
        .filter(other -> other.parent().equals(child.parent()))
        .toList();
  }
}
