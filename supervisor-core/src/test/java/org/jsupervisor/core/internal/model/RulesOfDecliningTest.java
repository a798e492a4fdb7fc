package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks that say that they need not run ({@code ignore}): OTP rules 13 and 50, and D6. */
class RulesOfDecliningTest {
  private static final ExitStatus DECLINED = new ExitStatus.Declined("no tenant");

  private static TaskSpec.Builder task(StandardRestartPolicy policy) {
    return Driver.task("t", policy).withReadiness(ReadinessSpec.aliveFor(Driver.GRACE));
  }

  private static Driver between(TaskSpec.Builder task) {
    return Driver.started(
        Driver.supervisor(
                "s",
                RestartStrategy.oneForAll(),
                Driver.permanent("a"),
                task.build(),
                Driver.permanent("b"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build());
  }

  private static Driver declines(Driver d) {
    return d.alsoEnds("t", DECLINED).settle();
  }

  @Test
  void r13_d6_permanentThatDeclines_isNotRetried_costsNothing_touchesNobody_andIsSeen() {
    Driver d = declines(between(task(RestartPolicy.permanent())));
    assertThat(d.trace()).containsExactly("end t");
    assertThat(d.phase("t")).isEqualTo(Phase.FINISHED);
    assertThat(d.now("t").lastExits().get(0).status()).isEqualTo(DECLINED);
    assertThat(d.counted()).isZero();
    assertThat(d.now("t").counters().restarts()).isZero();
    Link why = Causes.of(d.model, d.now("t")).get(0);
    assertThat(why.fact()).contains("FINISHED").contains("declined: no tenant");
    assertThat(why.remedy()).isEqualTo(Remedy.UP);
    assertThat(d.up("t").orders()).isEqualTo("start t");
  }

  @Test
  void r13_temporaryThatDeclines_isForgotten() {
    Driver d = declines(between(task(RestartPolicy.temporary())));
    assertThat(d.trace()).containsExactly("end t");
    assertThat(d.knows("t")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"PERMANENT", "TRANSIENT"})
  void r50_childThatDeclinesWhenItIsRestarted_isNotRetried(RestartType type) {
    Driver d = between(task(StandardRestartPolicy.of(type)));
    d.alsoEnds("t", new ExitStatus.Threw("java.lang.Error", "no")).settle();
    assertThat(d.counted()).isEqualTo(1);
    d.trace();
    declines(d);
    assertThat(d.trace()).containsExactly("end t");
    assertThat(d.phase("t")).isEqualTo(Phase.FINISHED);
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void r50_groupRestart_asksItAgain() {
    Driver d = declines(between(task(RestartPolicy.permanent())));
    d.trace();
    assertThat(d.exits("a", 1).orders()).isEqualTo("stop b, start a, start t, start b");
  }

  @Test
  void d6_declineAfterItWasReady_isAFailure() {
    Driver d = between(task(RestartPolicy.permanent())).pass(Driver.GRACE);
    declines(d);
    assertThat(d.counted()).isEqualTo(1);
    assertThat(d.phase("t")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void d6_oneshotThatDeclines_hasNotCompleted_forThoseThatNeedIt() {
    TaskSpec oneshot =
        Driver.task("t", RestartPolicy.transientPolicy())
            .withReadiness(ReadinessSpec.completed(Driver.GRACE))
            .build();
    Driver d =
        Driver.started(
            Driver.oneForOne(
                oneshot, Driver.worker("a", RestartPolicy.permanent()).addDependency("t").build()));
    declines(d);
    assertThat(d.phase("t")).isEqualTo(Phase.FINISHED);
    assertThat(d.phase("a")).isEqualTo(Phase.WAITING);
    d.up("t").alsoEnds("t", new ExitStatus.Completed()).settle();
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
  }
}
