package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** How long the end of a supervisor may take, and in which order its children are stopped. */
class TeamStopTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void d9_together_stopsAllAtOnce_soThatGracesDoNotAddUp() {
    Driver d =
        Driver.started(stopping(TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER)))
            .deaf("a")
            .deaf("b")
            .deaf("c");
    assertThat(d.stopTree().orders()).isEqualTo("stop c, stop b, stop a");
    assertThat(d.pass(Driver.GRACE).orders()).isEqualTo("kill c, kill b, kill a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void d9_together_stopsADependencyAfterItsDependents() {
    Driver d =
        Driver.started(
                Driver.supervisor(
                        "t",
                        RestartStrategy.oneForOne(),
                        Driver.permanent("db"),
                        Driver.worker("web", RestartPolicy.permanent()).addDependency("db").build(),
                        Driver.permanent("x"))
                    .withStop(TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER))
                    .build())
            .deaf("web");
    assertThat(d.stopTree().orders()).isEqualTo("stop x, stop web");
    assertThat(d.pass(Driver.GRACE).orders()).isEqualTo("kill web, stop db");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void d9_together_holdsForARestartOfAGroup() {
    Driver d =
        Driver.started(stopping(TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER)))
            .deaf("b")
            .deaf("c");
    assertThat(d.exits("a", 1).orders()).isEqualTo("stop c, stop b");
    assertThat(d.pass(Driver.GRACE).orders())
        .isEqualTo("kill c, kill b, start a, start b, start c");
  }

  @Test
  void d9_within_killsWhatIsLeft_whenTheTimeIsOver() {
    Driver d =
        Driver.started(stopping(TeamStop.defaults().withStopWithin(Duration.ofSeconds(7))))
            .deaf("a")
            .deaf("b")
            .deaf("c");
    assertThat(d.stopTree().orders()).isEqualTo("stop c");
    assertThat(d.pass(Driver.GRACE).orders()).isEqualTo("kill c, stop b");
    assertThat(d.pass(Duration.ofSeconds(2)).orders()).isEqualTo("kill b, stop a, kill a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void d9_within_boundsEvenWhatCannotBeKilled() {
    Driver d =
        Driver.started(stopping(TeamStop.defaults().withStopWithin(Duration.ofSeconds(1))))
            .immortal("a")
            .immortal("b")
            .immortal("c");
    d.stopTree().pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(2));
    assertThat(d.isOver()).isTrue();
    assertThat(TreeMachine.unkillable(d.model))
        .containsExactly(ChildId.of("a"), ChildId.of("b"), ChildId.of("c"));
  }

  @Test
  void d9_within_ofTheRoot_reachesThoseBelowOtherSupervisors() {
    SupervisorSpec spec =
        Driver.supervisor(
                "t",
                RestartStrategy.oneForOne(),
                Driver.supervisor(
                        "s",
                        RestartStrategy.oneForOne(),
                        Driver.permanent("a"),
                        Driver.permanent("b"))
                    .build())
            .withStop(TeamStop.defaults().withStopWithin(SECOND))
            .build();
    Driver d = Driver.started(spec).deaf("s/a").deaf("s/b");
    assertThat(d.stopTree().orders()).isEqualTo("stop s/b");
    assertThat(d.pass(SECOND).orders()).contains("kill s/b").contains("kill s/a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void d9_within_ofASupervisorThatIsTakenDown_boundsItsEnd() {
    SupervisorSpec spec =
        Driver.oneForOne(
            Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
                .withStop(TeamStop.defaults().withStopWithin(SECOND))
                .build());
    Driver d = Driver.started(spec).deaf("s/a").down("s");
    assertThat(d.orders()).isEqualTo("stop s/a");
    assertThat(d.pass(SECOND).orders()).isEqualTo("kill s/a");
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
  }

  @Test
  void d9_within_givesATaskTwoSecondsMore_thoughItsGraceIsLonger() {
    TaskSpec task = TaskSpec.builder("a", context -> {}).withGrace(Duration.ofHours(1)).build();
    SupervisorSpec spec =
        Driver.supervisor("t", RestartStrategy.oneForOne(), task)
            .withStop(TeamStop.defaults().withStopWithin(SECOND))
            .build();
    Driver d = Driver.started(spec).immortal("a");
    d.stopTree().pass(SECOND).pass(Duration.ofSeconds(2));
    assertThat(d.isOver()).isTrue();
    assertThat(TreeMachine.unkillable(d.model)).containsExactly(ChildId.of("a"));
  }

  @Test
  void d9_within_doesNotWaitForALaunchThatHangs() {
    Driver d =
        Driver.of(stopping(TeamStop.defaults().withStopWithin(SECOND)))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    d.stopTree().pass(SECOND).pass(Duration.ofSeconds(2));
    assertThat(d.isOver()).isTrue();
    assertThat(TreeMachine.unkillable(d.model)).containsExactly(ChildId.of("a"));
  }

  @Test
  void d9_within_killsWhatIsLaunchedAfterIt_alsoTwoLevelsBelow() {
    SupervisorSpec spec =
        Driver.oneForOne(
            Driver.supervisor(
                    "s",
                    RestartStrategy.oneForOne(),
                    Driver.supervisor("t", RestartStrategy.oneForOne(), Driver.permanent("a"))
                        .build())
                .withStop(TeamStop.defaults().withStopWithin(SECOND))
                .build());
    Driver d = Driver.of(spec).slowToLaunch("s/t/a").step(new Input.StartTree());
    d.down("s").pass(SECOND);
    d.deaf("s/t/a").trace();
    assertThat(d.launchComes("s/t/a").orders()).isEqualTo("kill s/t/a");
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
  }

  /** Its own time for the launch may be over sooner than what it is given then. */
  @Test
  void d9_within_killsWhatIsLaunchedAfterIt_alsoIfItsGraceIsShorter() {
    SupervisorSpec spec =
        Driver.oneForOne(
            Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
                .withStop(TeamStop.defaults().withStopWithin(Duration.ofSeconds(6)))
                .build());
    Driver d = Driver.of(spec).slowToLaunch("s/a").step(new Input.StartTree());
    d.down("s").pass(Duration.ofSeconds(6));
    d.deaf("s/a").trace();
    assertThat(d.launchComes("s/a").orders()).isEqualTo("kill s/a");
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
  }

  private static SupervisorSpec stopping(TeamStop stop) {
    return Driver.supervisor(
            "t",
            RestartStrategy.oneForAll(),
            Driver.permanent("a"),
            Driver.permanent("b"),
            Driver.permanent("c"))
        .withStop(stop)
        .build();
  }
}
