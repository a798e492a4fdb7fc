package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What is run after a run, and the others: its group, its tree, and who depends on it. */
class FinishAmongOthersTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration KILL_WAIT = Duration.ofSeconds(2);

  private static ProcessSpec.Builder followed(String id) {
    return Fixture.child(id)
        .withFinish(FinishSpec.of(FinishSpec.Style.S6, "./finish").withLimit(LIMIT));
  }

  private static Fixture over(Fixture fixture, int code) {
    return over(fixture, new ExitStatus.Exited(code));
  }

  private static Fixture over(Fixture fixture, ExitStatus status) {
    return fixture.step(new Input.FinishEnded(fixture.now().incarnation(), status));
  }

  @Test
  void groupIsRestarted_whenTheFailedOneHasFinished_andEachOtherToo() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .withStrategy(RestartStrategy.oneForAll())
            .addChild(followed("a").build())
            .addChild(followed("b").build())
            .build();
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    Fixture fixture = Fixture.started(spec).launched(a).launched(b).exits(a, 1);
    assertThat(fixture.now(b).phase()).isEqualTo(Phase.RUNNING);

    fixture.step(new Input.FinishEnded(new Incarnation(a, 1), new ExitStatus.Exited(0)));
    assertThat(fixture.now(b).phase()).isEqualTo(Phase.STOPPING);
    fixture.exits(b, 0).pass(Duration.ofMinutes(1));
    assertThat(fixture.now(b).phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.now(a).phase()).isEqualTo(Phase.WAITING);
    fixture.step(new Input.FinishEnded(new Incarnation(b, 1), new ExitStatus.Exited(0)));
    assertThat(fixture.now(a).phase()).isEqualTo(Phase.LAUNCHING);
  }

  @Test
  void permanentFailureInAGroup_isLeftOut() {
    StandardRestartPolicy policy = RestartPolicy.permanent().withGiveUp(GiveUp.stayDown());
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .withStrategy(RestartStrategy.oneForAll())
            .addChild(Fixture.child("a").withRestart(policy).build())
            .addChild(followed("b").build())
            .build();
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    Fixture fixture = Fixture.started(spec).launched(a).launched(b).exits(a, 1).exits(b, 0);
    fixture.pass(Duration.ofMinutes(1));
    fixture.step(new Input.FinishEnded(new Incarnation(b, 1), new ExitStatus.Exited(125)));

    assertThat(fixture.now(b).phase()).isEqualTo(Phase.FAILED);
    assertThat(fixture.now(a).phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(fixture.launched(a).now(b).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void treeStop_goesOnWhenItIsOver() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .addChild(Fixture.child("a").build())
            .addChild(followed("b").build())
            .build();
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    Fixture fixture = Fixture.started(spec).launched(a).launched(b);
    fixture.step(new Input.StopTree(StopReport.Cause.ASKED, "test")).exits(b, 0);
    assertThat(fixture.now(a).phase()).isEqualTo(Phase.RUNNING);

    fixture.step(new Input.FinishEnded(new Incarnation(b, 1), new ExitStatus.Exited(0)));
    assertThat(fixture.now(a).phase()).isEqualTo(Phase.STOPPING);
    assertThat(fixture.exits(a, 0).model.phase()).isEqualTo(TreePhase.STOPPED);
  }

  /** The tree had gone on without it; its end came after all, in time. */
  @Test
  void unkillableThatEndsWhileTheTreeStops_hasItsFinishBeforeTheTreeIsStopped() {
    Fixture fixture = Fixture.started(Fixture.child("a").build(), followed("c").build());
    ChildId a = ChildId.of("a");
    fixture.launched(a).launched();
    fixture.step(new Input.StopTree(StopReport.Cause.ASKED, "test")).due().due();
    assertThat(fixture.now().phase()).isEqualTo(Phase.UNKILLABLE);
    fixture.exits(0).exits(a, 0);
    assertThat(fixture.model.phase()).isEqualTo(TreePhase.STOPPING);

    over(fixture, 0);
    assertThat(fixture.model.phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(TreeMachine.unkillable(fixture.model)).isEmpty();
  }

  @Test
  void supervisorWithoutTimeLeft_givesItAsLongAsAProcessHasAfterKill() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .withStop(TeamStop.defaults().withStopWithin(Duration.ofSeconds(1)))
            .addChild(followed("c").build())
            .build();
    Fixture fixture = Fixture.started(spec).launched();
    fixture.step(new Input.StopTree(StopReport.Cause.ASKED, "test"));
    ChildModel root = fixture.now(ChildId.ROOT);
    fixture.pass(Duration.ofSeconds(1));
    fixture.step(new Input.Deadline(ChildId.ROOT, root.deadlineNanos().orElseThrow()));
    assertThat(fixture.now().phase()).isEqualTo(Phase.KILLING);

    fixture.exits(0);
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.now().deadlineNanos()).hasValue(fixture.nowNanos + KILL_WAIT.toNanos());
  }

  @Test
  void supervisorWhoseTimeEndsMeanwhile_cutsItShort() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .withStop(TeamStop.defaults().withStopWithin(Duration.ofMillis(500)))
            .addChild(followed("c").build())
            .build();
    Fixture fixture = Fixture.started(spec).launched();
    fixture.step(new Input.StopTree(StopReport.Cause.ASKED, "test")).exits(0);
    ChildModel root = fixture.now(ChildId.ROOT);
    fixture.pass(Duration.ofMillis(500));
    fixture.step(new Input.Deadline(ChildId.ROOT, root.deadlineNanos().orElseThrow()));

    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.now().deadlineNanos()).hasValue(fixture.nowNanos + KILL_WAIT.toNanos());
  }

  @Test
  void whoCompletes_isThereForOthersWhenItIsOver() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .addChild(
                followed("a")
                    .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1)))
                    .withRestart(RestartPolicy.transientPolicy())
                    .build())
            .addChild(Fixture.child("b").addDependency("a", WhenLost.IS_STOPPED).build())
            .build();
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    Fixture fixture = Fixture.started(spec).launched(a).exits(a, 0);
    assertThat(fixture.now(a).phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.now(b).phase()).isEqualTo(Phase.WAITING);

    fixture.step(new Input.FinishEnded(new Incarnation(a, 1), new ExitStatus.Exited(0)));
    assertThat(fixture.now(b).phase()).isEqualTo(Phase.LAUNCHING);
  }
}
