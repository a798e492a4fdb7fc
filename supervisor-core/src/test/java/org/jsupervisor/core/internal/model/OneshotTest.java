package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.Test;

/** Children that are there for others when they have finished, and others that are not. */
class OneshotTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void oneshot_isThereWhenItHasFinished() {
    ProcessSpec migrate =
        Driver.worker("db", RestartPolicy.transientPolicy())
            .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1)))
            .build();
    Driver d = Driver.of(Driver.oneForOne(migrate, web(WhenLost.IS_RESTARTED)));
    assertThat(d.step(new Input.StartTree()).orders()).isEqualTo("start db");
    assertThat(d.model.isReady()).isFalse();
    assertThat(d.exits("db", 0).orders()).isEqualTo("start web");
    assertThat(d.phase("db")).isEqualTo(Phase.FINISHED);
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void oneshotThatFails_isTriedAgain_whileOthersWait() {
    ProcessSpec migrate =
        Driver.worker("db", RestartPolicy.transientPolicy())
            .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(migrate, web(WhenLost.IS_RESTARTED)));
    assertThat(d.exits("db", 1).orders()).isEqualTo("start db");
    assertThat(d.exits("db", 0).orders()).isEqualTo("start web");
  }

  @Test
  void oneshotThatIsRunAgain_isNoLoss_unlessItFails() {
    ProcessSpec migrate =
        Driver.worker("db", RestartPolicy.transientPolicy())
            .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(migrate, web(WhenLost.IS_RESTARTED)));
    d.exits("db", 0).trace();
    assertThat(d.restart("db").orders()).isEqualTo("start db");
    assertThat(d.exits("db", 1).orders()).isEqualTo("stop web, start db");
    assertThat(d.exits("db", 0).orders()).isEqualTo("start web");
  }

  @Test
  void oneshotThatTakesTooLong_isStopped_andCountsAsAFailedStart() {
    ProcessSpec migrate =
        Driver.worker("db", RestartPolicy.transientPolicy())
            .withReadiness(ReadinessSpec.completed(SECOND))
            .build();
    Driver d = Driver.started(Driver.oneForOne(migrate));
    assertThat(d.pass(SECOND).orders()).isEqualTo("stop db, start db");
    assertThat(d.now("db").lastExits().get(0).cause().name()).isEqualTo("START_TIMEOUT");
  }

  @Test
  void daemonThatEndsCleanly_isLost() {
    Driver d =
        Driver.started(Driver.oneForOne(Driver.transientOne("db"), web(WhenLost.IS_RESTARTED)));
    assertThat(d.exits("db", 0).orders()).isEqualTo("stop web");
    assertThat(d.phase("web")).isEqualTo(Phase.WAITING);
  }

  private static ProcessSpec web(WhenLost whenLost) {
    return Driver.worker("web", RestartPolicy.permanent()).addDependency("db", whenLost).build();
  }
}
