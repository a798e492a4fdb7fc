package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/**
 * Of the engine's promises, what becomes of several children: order, strategies, supervisors below
 * supervisors, the end.
 */
abstract class TreeSuite extends EngineSuite {
  @Test
  void stop_goesInReverseOrder_oneAfterTheOther() {
    Supervisor tree =
        start(child("a", Behaviour.RUNS), child("b", Behaviour.RUNS), child("c", Behaviour.RUNS));
    List<String> ends = new CopyOnWriteArrayList<>();
    tree.subscribe(
        published -> {
          if (published.event() instanceof SupervisorEvent.PhaseChanged changed
              && (changed.to() == Phase.STOPPING || changed.to() == Phase.DOWN)) {
            ends.add(changed.child() + " " + changed.to());
          }
        });
    world.await(tree.ready());
    StopReport report = world.await(tree.stop("test"));
    assertThat(report.cause()).isEqualTo(StopReport.Cause.ASKED);
    assertThat(report.unkillable()).isEmpty();
    assertThat(ends)
        .containsExactly("c STOPPING", "c DOWN", "b STOPPING", "b DOWN", "a STOPPING", "a DOWN");
    assertThat(tree.snapshot().phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(world.hasLiveProcesses()).isFalse();
    assertRefused(Refusal.TREE_STOPPED, () -> world.await(tree.up(A)));
  }

  @Test
  void childThatEscalates_endsTheTree_andTheHostIsTold() {
    Supervisor tree =
        start(
            child("a", Behaviour.RUNS),
            child("b", Behaviour.EXITS_WITH_3)
                .withRestart(
                    QUICK
                        .withLimit(RestartIntensity.of(1, Duration.ofHours(1)))
                        .withGiveUp(GiveUp.escalate())));
    StopReport report = world.await(tree.stopped());
    assertThat(report.cause()).isEqualTo(StopReport.Cause.GAVE_UP);
    assertThat(report.reason()).contains("b").contains("exit code 3");
    assertThat(world.hasLiveProcesses()).isFalse();
  }

  @Test
  void stopDuringBackoff_startsNothingMore() {
    Supervisor tree =
        start(
            child("a", Behaviour.EXITS_WITH_3)
                .withRestart(
                    RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofHours(1)))));
    world.awaitUntil("back-off", () -> now(tree, A).phase() == Phase.BACKOFF);
    world.await(tree.stop("test"));
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
  }

  @Test
  void oneForAll_stopsInReverse_thenStartsInOrder() {
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite")
                .withStrategy(RestartStrategy.oneForAll())
                .addChild(child("a", Behaviour.RUNS).build())
                .addChild(child("b", Behaviour.RUNS).build())
                .addChild(child("c", Behaviour.RUNS).build())
                .build());
    List<String> seen = phases(tree, Phase.STOPPING, Phase.LAUNCHING);
    world.await(tree.ready());
    world.kill(B);
    world.awaitUntil("a second run of c", () -> isRun(tree, ChildId.of("c"), 2));
    world.awaitUntil("all is told", () -> seen.size() == 5);
    assertThat(seen)
        .containsExactly("c STOPPING", "a STOPPING", "a LAUNCHING", "b LAUNCHING", "c LAUNCHING");
    assertThat(now(tree, A).lastExit().orElseThrow().cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
  }

  @Test
  void restForOne_leavesTheEarlierOnesAlone() {
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite")
                .withStrategy(RestartStrategy.restForOne())
                .addChild(child("a", Behaviour.RUNS).build())
                .addChild(child("b", Behaviour.RUNS).build())
                .addChild(child("c", Behaviour.RUNS).build())
                .build());
    world.await(tree.ready());
    world.kill(B);
    world.awaitUntil("a second run of c", () -> isRun(tree, ChildId.of("c"), 2));
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
    assertThat(now(tree, B).counters().launches()).isEqualTo(2);
  }

  @Test
  void nestedSupervisor_givesUp_andIsStartedAgainByItsParent() {
    SupervisorSpec.Builder inner =
        SupervisorSpec.builder("inner")
            .withLimit(RestartIntensity.of(0, Duration.ofHours(1)))
            .withRestart(QUICK)
            .addChild(child("x", Behaviour.RUNS).build())
            .addChild(child("y", Behaviour.RUNS).build());
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite")
                .addChild(child("a", Behaviour.RUNS).build())
                .addChild(inner.build())
                .build());
    ChildId x = ChildId.of("inner/x");
    ChildId y = ChildId.of("inner/y");
    world.await(tree.ready());
    world.kill(x);
    world.awaitUntil("second runs", () -> isRun(tree, x, 2) && isRun(tree, y, 2));
    assertThat(now(tree, ChildId.of("inner")).lastExit().orElseThrow().status())
        .isInstanceOf(ExitStatus.GaveUp.class);
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
    world.await(tree.down(ChildId.of("inner")));
    assertThat(now(tree, y).phase()).isEqualTo(Phase.DOWN);
    assertRefused(Refusal.SUPERVISOR_DOWN, () -> world.await(tree.up(x)));
    world.await(tree.up(ChildId.of("inner")));
    assertThat(world.await(tree.up(x)).ready()).isTrue();
  }

  @Test
  void manyChildren_comeAndGo() {
    ProcessSpec.Builder[] children = new ProcessSpec.Builder[50];
    for (int i = 0; i < children.length; i++) {
      children[i] = child("child-" + i, Behaviour.RUNS);
    }
    Supervisor tree = start(children);
    assertThat(world.await(tree.ready()).children()).hasSize(50);
    assertThat(world.await(tree.stop("test")).unkillable()).isEmpty();
  }

  private boolean isRun(Supervisor tree, ChildId id, int launches) {
    ChildSnapshot child = now(tree, id);
    return child.counters().launches() == launches && child.ready();
  }

  /** The changes to these phases from the first restart on. */
  private static List<String> phases(Supervisor tree, Phase... phases) {
    List<String> seen = new CopyOnWriteArrayList<>();
    tree.subscribe(
        published -> {
          if (published.event() instanceof SupervisorEvent.GroupRestart) {
            seen.clear();
          } else if (published.event() instanceof SupervisorEvent.PhaseChanged changed
              && List.of(phases).contains(changed.to())) {
            seen.add(changed.child() + " " + changed.to());
          }
        });
    return seen;
  }
}
