package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;

/** What must hold of every child of a {@link WalkWorld}, after every step. */
final class WalkChecks {
  private WalkChecks() {}

  /** The supervisor's limit: no more restarts in any window, or the tree is ending. */
  private static void checkLimits(WalkWorld world) {
    if (world.spec.limit() instanceof RestartIntensity limit
        && world.model.phase() == TreePhase.RUNNING) {
      assertWindow(world, world.restarts, limit);
    }
  }

  private static void assertWindow(WalkWorld world, List<Long> times, RestartIntensity limit) {
    int last = times.size() - 1;
    if (last >= limit.restarts()) {
      assertThat(times.get(last) - times.get(last - limit.restarts()))
          .as(world.context("restarts within the period"))
          .isGreaterThan(limit.period().toNanos());
    }
  }

  static void check(WalkWorld world, ChildModel child) {
    String context = world.context(child.id() + " in " + child.phase());
    checkLimits(world);
    assertThat(world.shown.get(child.id())).as(context + ": told phase").isEqualTo(child.phase());
    assertThat(child.deadlineNanos().isPresent()).as(context + ": waits").isEqualTo(waits(child));
    assertThat(world.armed.get(child.id()))
        .as(context + ": armed")
        .isEqualTo(child.deadlineNanos().isPresent() ? child.deadlineNanos().getAsLong() : null);
    assertThat(child.ready() && child.phase() != Phase.RUNNING).as(context + ": ready").isFalse();
    assertThat(world.runs(child.id()))
        .as(context + ": runs")
        .isEqualTo(child.phase().isAlive() ? 1 : 0);
    assertThat(!(child.life() instanceof Life.None))
        .as(context + ": life")
        .isEqualTo(world.alive.contains(new Incarnation(child.id(), Math.max(1, child.number()))));
    if (child.phase() == Phase.RUNNING) {
      boolean waitsForItsTurn = lead(world).team().round() instanceof Round.Regrouping;
      assertThat(child.desire() == Desire.DOWN && !waitsForItsTurn)
          .as(context + ": not wanted")
          .isFalse();
    }
    if (child.desire() == Desire.ONCE) {
      assertThat(child.phase().isAlive() || child.phase() == Phase.WAITING)
          .as(context + ": its one run is to come, or there")
          .isTrue();
    }
    assertThat(child.paused() && child.phase() != Phase.RUNNING).as(context + ": paused").isFalse();
    if (child.removing()) {
      assertThat(child.phase().isAlive()).as(context + ": being removed").isTrue();
    }
    StandardRestartPolicy policy = (StandardRestartPolicy) child.spec().restart();
    assertThat(policy.type() == RestartType.PERMANENT && child.phase() == Phase.FINISHED)
        .as(context + ": a permanent child is never done, but by an older spec")
        .isFalse();
  }

  private static boolean waits(ChildModel child) {
    return switch (child.phase()) {
      case STOPPING, KILLING, FINISHING, BACKOFF, QUARANTINED -> true;
      case LAUNCHING -> true;
      case RUNNING -> !child.ready() && !child.paused();
      case DOWN, WAITING, UNKILLABLE, FINISHED, FAILED -> false;
    };
  }

  /** While the tree stops, a child is only asked to end when all behind it are dead. */
  static void assertInOrder(WalkWorld world, TreeModel before) {
    if (world.model.phase() != TreePhase.STOPPING || before.phase() != TreePhase.STOPPING) {
      return;
    }
    List<ChildId> order = WalkWorld.ending(world.model).order();
    for (int i = 0; i < WalkWorld.ending(world.model).next(); i++) {
      Phase phase = world.model.child(order.get(i)).map(ChildModel::phase).orElse(Phase.DOWN);
      assertThat(!phase.isAlive() || phase == Phase.UNKILLABLE)
          .as(world.context(order.get(i) + " had its turn"))
          .isTrue();
    }
    for (int i = WalkWorld.ending(world.model).next() + 1; i < order.size(); i++) {
      boolean wasRunning =
          before.child(order.get(i)).filter(c -> c.phase() == Phase.RUNNING).isPresent();
      boolean isStopping =
          world.model.child(order.get(i)).filter(c -> c.phase() == Phase.STOPPING).isPresent();
      boolean late =
          world.model.child(order.get(i)).filter(c -> c.desire() != Desire.DOWN).isPresent();
      assertThat(wasRunning && isStopping && !late)
          .as(world.context(order.get(i) + " is stopped before its turn"))
          .isFalse();
    }
  }

  private static ChildModel lead(WalkWorld world) {
    return world.model.child(ChildId.ROOT).orElseThrow();
  }
}
