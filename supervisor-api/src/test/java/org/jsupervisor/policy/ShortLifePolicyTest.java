package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jsupervisor.process.ExitStatus;
import org.junit.jupiter.api.Test;

/** Going's rule: a short life is followed by a long pause. */
class ShortLifePolicyTest {
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final ShortLifePolicy POLICY = ShortLifePolicy.defaults();

  @Test
  void lifeOfFiveSeconds_isRestartedAtOnce_aShorterOneIsQuarantined() {
    Life life = new Life(POLICY);
    assertThat(lives(life, SHORT)).isEqualTo(new RestartDecision.Restart(Duration.ZERO, 1));
    assertThat(lives(life, SHORT.minusNanos(1)))
        .isEqualTo(new RestartDecision.Quarantine(PAUSE, 1, "lived less than 5 s"));
  }

  @Test
  void shortLives_neverGrowThePause_norEnd() {
    Life life = new Life(POLICY);
    for (int i = 1; i <= 1_000; i++) {
      RestartDecision decision = lives(life, Duration.ZERO);
      assertThat(((RestartDecision.Quarantine) decision).pause()).isEqualTo(PAUSE);
      assertThat(((RestartDecision.Quarantine) decision).count()).isEqualTo(i);
    }
    lives(life, SHORT);
    assertThat(life.history().quarantines()).isZero();
  }

  @Test
  void longLives_areRestartedAtOnceForEver() {
    Life life = new Life(POLICY);
    for (int i = 0; i < 1_000; i++) {
      assertThat(lives(life, SHORT)).isEqualTo(new RestartDecision.Restart(Duration.ZERO, 1));
    }
  }

  @Test
  void launchThatFailed_isAShortLife_andACleanExitNoExcuse() {
    assertThat(new Life(POLICY).ends(Life.NO_ROOM).kind())
        .isEqualTo(RestartDecision.Kind.QUARANTINE);
    assertThat(new Life(POLICY).ends(new ExitStatus.Exited(0)).kind())
        .isEqualTo(RestartDecision.Kind.QUARANTINE);
  }

  @Test
  void parametersOutOfBounds_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShortLifePolicy(Duration.ZERO, PAUSE))
        .withMessageContaining("short life must be positive, was 0 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShortLifePolicy(SHORT, Duration.ZERO))
        .withMessageContaining("pause must be positive, was 0 s");
  }

  private static RestartDecision lives(Life life, Duration time) {
    return life.ends(Life.exit(Life.CRASHED, time), time);
  }
}
