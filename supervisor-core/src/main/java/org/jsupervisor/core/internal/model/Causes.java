package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;

/**
 * Why a child is as it is: from the child to the one that it waits for, or that keeps it down, and
 * so on, to one that waits for nobody. A pure function of the model, total over phases and desires.
 * Each child is visited once, so this ends.
 */
public final class Causes {
  private final TreeModel model;
  private final List<Link> chain = new ArrayList<>();
  private final Set<ChildId> visited = new HashSet<>();

  private Causes(TreeModel model) {
    this.model = model;
  }

  /** The chain of a child, which may be one that was just forgotten. */
  public static List<Link> of(TreeModel model, ChildModel child) {
    Causes causes = new Causes(model);
    causes.follow(child);
    return causes.bounded();
  }

  /** What is kept of a failure that ends a supervisor, for as long as that is remembered. */
  static List<Link> blame(ChildModel failed, String reason, long nowNanos) {
    List<Link> links = new ArrayList<>();
    String last =
        failed.lastExits.isEmpty() ? reason : "ended: " + failed.lastExits.get(0).describe();
    links.add(Link.past(failed.id, last, nowNanos));
    if (failed.isSupervisor()) {
      links.addAll(failed.team().blame());
    }
    return bounded(links);
  }

  private List<Link> bounded() {
    return bounded(chain);
  }

  /** The beginning and the root cause are what matters most. */
  private static List<Link> bounded(List<Link> links) {
    if (links.size() <= Explanation.CHAIN_MAX) {
      return List.copyOf(links);
    }
    List<Link> cut = new ArrayList<>(links.subList(0, Explanation.CHAIN_MAX - 1));
    cut.add(links.get(links.size() - 1));
    return List.copyOf(cut);
  }

  private void follow(ChildModel child) {
    Optional<ChildModel> at = Optional.of(child);
    while (at.isPresent() && visited.add(at.get().id)) {
      chain.add(Facts.of(model, at.get()));
      at = next(at.get());
    }
  }

  /** Whom it is because of; empty at a root cause. */
  private Optional<ChildModel> next(ChildModel child) {
    if (child.id.isRoot()) {
      return model.phase() == TreePhase.RUNNING ? ofLead(child) : blamed(child);
    }
    Optional<ChildModel> above = model.child(child.id.parent().orElseThrow());
    if (above.isEmpty()) {
      // Both were forgotten in the same step.
      return blamed(child);
    }
    ChildModel lead = above.get();
    if (!child.phase.isAlive() && !lead.isUpOrComing()) {
      // It could not be up, whatever it is wanted to be.
      return Optional.of(lead);
    }
    return switch (child.phase) {
      case DOWN, BACKOFF, QUARANTINED, FINISHED, FAILED -> blamed(child);
      case WAITING -> child.isAtGate() ? ofGate(child) : ofTurn(lead, child);
      case LAUNCHING -> child.isSupervisor() ? ofLead(child) : Optional.empty();
      case RUNNING -> Optional.empty();
      case STOPPING -> child.isSupervisor() ? ofLead(child) : ofStop(lead, child);
      case KILLING, UNKILLABLE, FINISHING -> ofStop(lead, child);
    };
  }

  /** A supervisor that gave up is down because of what it remembers of that. */
  private Optional<ChildModel> blamed(ChildModel child) {
    if (child.isSupervisor()) {
      chain.addAll(child.team().blame());
    }
    return Optional.empty();
  }

  /** A supervisor that is coming or ending is so because of the child whose turn it is. */
  private Optional<ChildModel> ofLead(ChildModel lead) {
    if (!lead.team().blame().isEmpty()) {
      return blamed(lead);
    }
    Round round = lead.team().round();
    if (round instanceof Round.Starting starting) {
      return coming(starting);
    }
    return round instanceof Round.Ending ending ? turn(ending.stopping()) : Optional.empty();
  }

  private Optional<ChildModel> coming(Round.Starting round) {
    return round.next() == 0
        ? Optional.empty()
        : model
            .child(round.members().get(round.next() - 1))
            .filter(each -> each.phase == Phase.LAUNCHING || each.phase == Phase.STOPPING);
  }

  /** Who waits for its turn waits for whose turn it is, or for what made them all wait. */
  private Optional<ChildModel> ofTurn(ChildModel lead, ChildModel child) {
    if (lead.team().round() instanceof Round.Starting starting) {
      return coming(starting).or(() -> endingAbove(lead));
    }
    if (lead.team().round() instanceof Round.Regrouping regrouping) {
      Optional<ChildModel> failed = failed(regrouping, child);
      return failed.or(() -> turn(regrouping.stopping())).or(() -> overtaken(lead, regrouping));
    }
    return Optional.empty();
  }

  /** A worker is stopped for itself, for its group, or with its supervisor. */
  private Optional<ChildModel> ofStop(ChildModel lead, ChildModel child) {
    if (!lead.isUpOrComing()) {
      return Optional.of(lead);
    }
    return child.held && lead.team().round() instanceof Round.Regrouping regrouping
        ? failed(regrouping, child)
        : Optional.empty();
  }

  private Optional<ChildModel> failed(Round.Regrouping round, ChildModel child) {
    return model.child(round.failed()).filter(each -> !each.id.equals(child.id));
  }

  /** Who waits at the gate waits for a dependency, or for one that takes a place to start. */
  private Optional<ChildModel> ofGate(ChildModel child) {
    List<ChildId> missing = Gate.missing(model.children(), child.spec);
    if (missing.isEmpty()) {
      return model.inStartOrder().stream().filter(ChildModel::isStarting).findFirst();
    }
    Optional<ChildModel> needed = model.child(missing.get(0));
    if (needed.isEmpty()) {
      chain.add(Link.past(missing.get(0), "is not part of the tree", child.phaseNanos));
    }
    return needed.map(each -> each.phase == Phase.RUNNING ? firstAwaited(each) : each);
  }

  /** The first below a supervisor, however deep, that is not ready. */
  private ChildModel firstAwaited(ChildModel lead) {
    if (!lead.isSupervisor()) {
      return lead;
    }
    String below = lead.id.path() + "/";
    return model.inStartOrder().stream()
        .filter(each -> each.isAwaited() && each.id.path().startsWith(below))
        .findFirst()
        .orElse(lead);
  }

  /** What is to end soon starts nobody any more. */
  private Optional<ChildModel> endingAbove(ChildModel lead) {
    Optional<ChildModel> above = lead.id.parent().flatMap(model::child);
    while (above.isPresent() && above.get().phase != Phase.STOPPING) {
      above = above.get().id.parent().flatMap(model::child);
    }
    return above;
  }

  /** A group whose back-off is over waits for the start of a sibling that is no member of it. */
  private Optional<ChildModel> overtaken(ChildModel lead, Round.Regrouping round) {
    return model.childrenOf(lead).stream()
        .filter(each -> each.phase == Phase.LAUNCHING && !round.members().contains(each.id))
        .findFirst();
  }

  private Optional<ChildModel> turn(Stopping stopping) {
    return stopping.isDone()
        ? Optional.empty()
        : model.child(stopping.order().get(stopping.next())).filter(each -> each.phase.isAlive());
  }
}
