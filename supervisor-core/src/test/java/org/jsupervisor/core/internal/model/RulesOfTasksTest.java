package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.ExitClass;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Tasks as children: what they share with processes, and where they differ. */
class RulesOfTasksTest {
  private static final ExitStatus COMPLETED = new ExitStatus.Completed();
  private static final ExitStatus THREW = new ExitStatus.Threw("java.lang.Error", "no");

  private static Fixture started(RestartPolicy policy) {
    return Fixture.started(Fixture.task().withRestart(policy).build()).launched();
  }

  private static TaskSpec task(String id) {
    return Driver.task(id, RestartPolicy.permanent()).build();
  }

  @Test
  void launch_isTold_withoutAProcess() {
    Fixture f = Fixture.started(Fixture.task().build());
    assertThat(f.now().life()).isEqualTo(Life.NONE);
    f.launched();
    assertThat(f.now().life()).isEqualTo(Life.TASK);
    assertThat(f.now().phase()).isEqualTo(Phase.RUNNING);
    assertThat(f.events).contains(new SupervisorEvent.TaskStarted(f.run(1)));
  }

  @Test
  void transient_returns_isFinished() {
    Fixture f = started(RestartPolicy.transientPolicy()).ends(COMPLETED);
    assertThat(f.now().phase()).isEqualTo(Phase.FINISHED);
    assertThat(f.now().life()).isEqualTo(Life.NONE);
  }

  @Test
  void transient_throws_isRestartedAfterItsBackoff() {
    Fixture f = started(RestartPolicy.transientPolicy()).ends(THREW);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    f.due();
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().number()).isEqualTo(2);
  }

  @Test
  void permanent_returns_isRestarted() {
    assertThat(started(RestartPolicy.permanent()).ends(COMPLETED).now().phase())
        .isEqualTo(Phase.BACKOFF);
  }

  @Test
  void temporary_throws_isForgotten() {
    Fixture f = started(RestartPolicy.temporary()).ends(THREW);
    assertThat(f.model.child(Fixture.CHILD)).isEmpty();
  }

  @Test
  void throwThatIsNeverRestarted_staysDown() {
    ExitSet throwing = ExitSet.classes(ExitClass.THREW);
    Fixture f = started(RestartPolicy.transientPolicy().withNever(throwing)).ends(THREW);
    assertThat(f.now().phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void shortageOfThreads_isWaitedOut_andCostsNoStartAttempt() {
    LaunchFailure shortage =
        new LaunchFailure(LaunchFault.HOST, "OutOfMemoryError", "thread", "no thread");
    Fixture f = Fixture.started(Fixture.task().build());
    for (int attempt = 1; attempt <= 20; attempt++) {
      f.step(new Input.LaunchFailed(f.run(attempt), shortage));
      assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
      f.due();
    }
  }

  @Test
  void stop_isAnInterrupt_withoutSignals() {
    Fixture f = Fixture.started(Fixture.task().build()).launched().down();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.effects)
        .contains(new Effect.Interrupt(f.run(1)))
        .noneMatch(effect -> effect instanceof Effect.Stop || effect instanceof Effect.Send);
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + Fixture.GRACE.toNanos());
    f.ends(COMPLETED);
    assertThat(f.now().phase()).isEqualTo(Phase.DOWN);
    assertThat(f.now().lastExits().get(0).cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
  }

  @Test
  void interruptThatIsIgnored_isRepeatedOnce_thenItIsUnkillable_andItsEndIsSeen() {
    Fixture f = Fixture.started(Fixture.task().build()).launched().down().due();
    assertThat(f.now().phase()).as("never KILLING").isEqualTo(Phase.UNKILLABLE);
    assertThat(f.effects).contains(new Effect.Interrupt(f.run(1)));
    assertThat(f.now().deadlineNanos()).isEmpty();
    f.up();
    assertThat(f.now().phase()).as("no second run beside it").isEqualTo(Phase.UNKILLABLE);
    f.ends(THREW);
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().number()).isEqualTo(2);
  }

  @Test
  void notReadyInItsTime_isInterrupted_andReturningIsNoCleanEnd() {
    TaskSpec spec =
        Fixture.task()
            .withRestart(RestartPolicy.transientPolicy())
            .withReadyWithin(Duration.ofSeconds(3))
            .build();
    Fixture f = Fixture.started(spec).launched().due();
    assertThat(f.effects).contains(new Effect.Interrupt(f.run(1)));
    f.ends(COMPLETED);
    assertThat(f.now().lastExits().get(0).cause()).isEqualTo(ExitCause.START_TIMEOUT);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void ready_countsWhenItIsAwaited_andNotOfAnOldRun() {
    TaskSpec spec = Fixture.task().withReadyWithin(Duration.ofSeconds(3)).build();
    Fixture f = Fixture.started(spec).launched().ends(THREW).due().launched();
    f.step(new Input.Notified(f.run(1)));
    assertThat(f.now().ready()).isFalse();
    f.step(new Input.Notified(f.run(2)));
    assertThat(f.now().ready()).isTrue();
  }

  @Test
  void lateReportsOfAnOldRun_changeNothing() {
    Fixture f = Fixture.started(Fixture.task().build()).launched().ends(THREW).due().launched();
    ChildModel before = f.now();
    f.step(new Input.Exited(f.run(1), COMPLETED));
    f.step(new Input.TaskStarted(f.run(1)));
    assertThat(f.now()).isSameAs(before);
  }

  @Test
  void signal_isNothing() {
    Fixture f = Fixture.started(Fixture.task().build()).launched();
    f.step(new Input.SendSignal(Fixture.CHILD, Signal.HUP, "test"));
    assertThat(f.effects).isEmpty();
    assertThat(f.events).isEmpty();
  }

  @Test
  void downDuringTheLaunch_interruptsItAsSoonAsItRuns() {
    Fixture f = Fixture.started(Fixture.task().build()).down().launched();
    assertThat(f.effects).contains(new Effect.Interrupt(f.run(1)));
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
  }

  @Test
  void launchThatHangs_isReported_andInterruptedIfItComesAfterAll() {
    Fixture f = Fixture.started(Fixture.task().build()).down().due();
    assertThat(f.now().phase()).isEqualTo(Phase.UNKILLABLE);
    f.launched();
    assertThat(f.effects).containsExactly(new Effect.Interrupt(f.run(1)));
    ChildModel before = f.now();
    f.launched();
    assertThat(f.now()).as("told once only").isSameAs(before);
    assertThat(f.ends(COMPLETED).now().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void taskCannotBecomeAProcess_beforeItIsRemoved() {
    Fixture f = Fixture.started(Fixture.task().build()).launched();
    ChildModel before = f.now();
    f.step(new Input.Define(Fixture.child().build(), "test"));
    assertThat(f.now()).isSameAs(before);
    f.step(new Input.Remove(Fixture.CHILD, "test")).ends(COMPLETED);
    f.step(new Input.Define(Fixture.child().build(), "test"));
    assertThat(f.now().spec()).isEqualTo(Fixture.child().build());
  }

  @Test
  void taskInThePlaceOfAProcess_givesWayWhenItsSupervisorBeginsAnew() {
    SupervisorSpec inner =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a")).build();
    Driver d = Driver.started(Driver.oneForOne(inner)).remove("s/a");
    d.define(task("a").at(ChildId.of("s/a"))).trace();
    d.restart("s");
    assertThat(d.orders()).isEqualTo("interrupt s/a, start s/a");
    assertThat(d.now("s/a").spec().kind()).isEqualTo(ChildSpec.Kind.PROCESS);
    assertThat(d.now("s/a").life()).isInstanceOf(Life.OfProcess.class);
  }

  @Test
  void anotherBody_isAnotherSpec_andTheSameIsNot() {
    TaskSpec spec = Fixture.task().build();
    Fixture f = Fixture.started(spec).launched();
    assertThat(f.step(new Input.Define(spec, "test")).effects).isEmpty();
    f.step(
        new Input.Define(Fixture.task().withReadiness(ReadinessSpec.atLaunch()).build(), "test"));
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
  }

  @Test
  void oneForAll_mixed_isStoppedInReverse_andStartedInOrder() {
    Driver d =
        Driver.started(Driver.oneForAll(Driver.permanent("a"), task("b"), Driver.permanent("c")))
            .alsoEnds("b", THREW)
            .settle();
    assertThat(d.orders()).isEqualTo("stop c, stop a, start a, start b, start c");
  }

  @Test
  void restForOne_mixed_restartsWhatCameAfterTheTask() {
    Driver d =
        Driver.started(Driver.restForOne(task("a"), task("b"), Driver.permanent("c")))
            .alsoEnds("b", THREW)
            .settle();
    assertThat(d.orders()).isEqualTo("stop c, start b, start c");
  }

  @Test
  void oneForAll_processFails_interruptsTheTasks() {
    Driver d =
        Driver.started(Driver.oneForAll(task("a"), Driver.permanent("b"), task("c"))).exits("b", 1);
    assertThat(d.orders()).isEqualTo("interrupt c, interrupt a, start a, start b, start c");
  }

  @Test
  void treeStop_namesTheTaskThatRefuses_andTheOthersGoOn() {
    Driver d =
        Driver.started(Driver.oneForOne(Driver.permanent("a"), task("b"), task("c")))
            .deaf("b")
            .stopTree();
    assertThat(d.orders()).isEqualTo("interrupt c, interrupt b");
    assertThat(d.pass(Driver.GRACE).orders()).isEqualTo("interrupt b, stop a");
    assertThat(d.isOver()).isTrue();
    assertThat(TreeMachine.unkillable(d.model)).isEqualTo(List.of(ChildId.of("b")));
  }

  @Test
  void nestedSupervisor_ofTasks_isRestartedAsAWhole() {
    SupervisorSpec inner =
        Driver.supervisor("s", RestartStrategy.oneForAll(), task("a"), task("b")).build();
    Driver d =
        Driver.started(Driver.oneForOne(inner, Driver.permanent("x")))
            .alsoEnds("s/a", THREW)
            .settle();
    assertThat(d.orders()).isEqualTo("interrupt s/b, start s/a, start s/b");
    assertThat(d.stopTree().orders()).isEqualTo("stop x, interrupt s/b, interrupt s/a");
  }

  @Test
  void engineFailed_leavesNoTaskInTheModel() {
    Fixture f = Fixture.started(Fixture.task().build()).launched();
    Step end = TreeMachine.abandoned(f.model, "failed", new Moment(f.nowNanos, 0));
    assertThat(end.model().child(Fixture.CHILD).orElseThrow().life()).isEqualTo(Life.NONE);
  }
}
