package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.WhenLost;

/** What must hold of every child and supervisor of a {@link GroupWorld}, after every step. */
final class GroupChecks {
  private GroupChecks() {}

  static void checkCrowd(GroupWorld world) {
    Crowd crowd = world.model.crowd();
    assertThat(crowd.starting())
        .as(world.context("starting"))
        .isEqualTo((int) world.all().stream().filter(ChildModel::isStarting).count())
        .isLessThanOrEqualTo(world.model.limits().startingMax());
    assertThat(crowd.atGate())
        .as(world.context("at the gate"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            world.all().stream().filter(ChildModel::isAtGate).map(ChildModel::id).toList());
    for (ChildId id : crowd.atGate()) {
      boolean isFull = crowd.starting() >= world.model.limits().startingMax();
      assertThat(
              isFull
                  || !Gate.missing(
                          world.model.children(), world.model.child(id).orElseThrow().spec())
                      .isEmpty())
          .as(world.context(id + " waits for something"))
          .isTrue();
    }
  }

  /** Who cannot go on without a sibling does not. */
  private static void checkDependencies(GroupWorld world, ChildModel lead, ChildModel child) {
    boolean goesOn = child.isUpOrComing() && !child.stopOnLaunch();
    for (Dependency dependency : child.spec().dependencies()) {
      Optional<ChildModel> on = world.model.child(lead.id().child(dependency.on()));
      boolean isLost = on.filter(sibling -> !Gate.isLost(sibling)).isEmpty();
      boolean mustNot = dependency.whenLost() != WhenLost.GOES_ON;
      assertThat(goesOn && isLost && mustNot && lead.isUpOrComing())
          .as(world.context(child.id() + " goes on without " + dependency))
          .isFalse();
    }
  }

  static void check(GroupWorld world, ChildModel child) {
    String context = world.context(child.id() + " in " + child.phase());
    boolean works = child.phase().isAlive() && !child.isSupervisor();
    assertThat(world.runs(child.id())).as(context + ": runs").isEqualTo(works ? 1 : 0);
    assertThat(world.armed.get(child.id()))
        .as(context + ": armed")
        .isEqualTo(child.deadlineNanos().isPresent() ? child.deadlineNanos().getAsLong() : null);
    if (!child.id().isRoot()) {
      assertThat(world.shown.getOrDefault(child.id(), Phase.DOWN))
          .as(context)
          .isEqualTo(child.phase());
      ChildModel lead = world.model.child(child.id().parent().orElseThrow()).orElseThrow();
      assertThat(lead.team().order()).as(context + ": team").containsOnlyOnce(child.id());
    }
    if (child.isSupervisor()) {
      checkLead(world, child, context);
    }
  }

  /** It is about the child, bounded, and does not end at somebody who waits for somebody. */
  static void checkExplanation(GroupWorld world, ChildModel child, List<Link> chain) {
    String context = child.id() + " is explained by " + chain;
    assertThat(chain).as(context).hasSizeBetween(1, Explanation.CHAIN_MAX).doesNotHaveDuplicates();
    assertThat(chain.get(0).child()).as(context).isEqualTo(child.id());
    Link root = chain.get(chain.size() - 1);
    Optional<ChildModel> last = world.model.child(root.child());
    if (last.isEmpty()
        || last.get().id().isRoot()
        || !root.equals(Facts.of(world.model, last.get()))) {
      return;
    }
    assertThat(last.get().phase() == Phase.WAITING && root.dueNanos().isEmpty())
        .as(world.context(context))
        .isFalse();
    assertThat(last.get().phase() == Phase.DOWN && last.get().desire() != Desire.DOWN)
        .as(world.context(context))
        .isFalse();
  }

  private static void checkLead(GroupWorld world, ChildModel lead, String context) {
    for (ChildId id : lead.team().order()) {
      ChildModel child = world.model.child(id).orElseThrow();
      boolean waits = child.phase() == Phase.WAITING || child.phase() == Phase.BACKOFF;
      assertThat(waits && !lead.isUpOrComing()).as(context + ": " + id).isFalse();
      assertThat(child.phase().isAlive() && !lead.phase().isAlive() && !isStuck(child))
          .as(context + ": lives without it: " + id)
          .isFalse();
      checkDependencies(world, lead, child);
      assertThat(child.held && child.phase() == Phase.WAITING && lead.team().round() == Round.IDLE)
          .as(context + ": waits for no round: " + id)
          .isFalse();
    }
    if (lead.team().round() instanceof Round.Regrouping round) {
      for (ChildId id : round.stopping().order().subList(0, round.stopping().next())) {
        assertThat(world.model.child(id).filter(c -> c.phase().isAlive() && !isStuck(c)))
            .as(context + ": has been stopped: " + id)
            .isEmpty();
      }
    }
    boolean regroups = lead.team().round() instanceof Round.Regrouping r && r.stopping().isDone();
    // A group whose back-off is over may still wait for a start that began before it.
    boolean mayWait =
        regroups
            && lead.team().order().stream()
                .flatMap(id -> world.model.child(id).stream())
                .anyMatch(other -> other.phase() == Phase.LAUNCHING);
    boolean mayBeBounded =
        lead.team().round() instanceof Round.Ending e && e.stopping().how().within().isPresent();
    assertThat(lead.deadlineNanos().isPresent() && lead.phase().isAlive())
        .as(context + ": has a deadline")
        .matches(has -> has == regroups || mayWait || (has && mayBeBounded));
  }

  private static boolean isStuck(ChildModel child) {
    return child.phase() == Phase.UNKILLABLE;
  }

  /** A report about one child stops none of a round but the one whose turn it is. */
  static void assertStopsInTurn(GroupWorld world, TreeModel before, ChildId reported) {
    for (ChildModel lead : world.all()) {
      if (lead.isSupervisor()
          && lead.team().round() instanceof Round.Regrouping round
          && TeamRules.spec(lead).stop().order() == TeamStop.Order.ONE_BY_ONE) {
        List<ChildId> order = round.stopping().order();
        for (int i = round.stopping().next() + 1; i < order.size(); i++) {
          ChildId id = order.get(i);
          boolean ran = before.child(id).filter(c -> c.phase() == Phase.RUNNING).isPresent();
          boolean stops =
              world.model.child(id).filter(c -> c.phase() == Phase.STOPPING).isPresent();
          boolean byItself = id.equals(reported) || reported.path().startsWith(id.path() + "/");
          boolean isFree =
              before.child(id).filter(c -> c.spec().dependencies().isEmpty()).isPresent();
          assertThat(ran && stops && !byItself && isFree)
              .as(world.context(id + " is stopped before its turn"))
              .isFalse();
        }
      }
    }
  }
}
