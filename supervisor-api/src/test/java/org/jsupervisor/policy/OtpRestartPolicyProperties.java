package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;

/** Erlang/OTP's rules R25 to R47 as far as they are a child's. */
class OtpRestartPolicyProperties {
  private static final ExitStatus CLEAN = new ExitStatus.Exited(0);
  private static final ExitStatus KILLED = new ExitStatus.Signalled(Signal.KILL, false);
  private static final RestartDecision AT_ONCE = new RestartDecision.Restart(Duration.ZERO, 1);

  @Example
  void r25_permanent_isRestartedWhateverTheReason() {
    for (ExitStatus end : List.of(CLEAN, Life.CRASHED, KILLED, Life.NO_PROGRAM, Life.NO_ROOM)) {
      assertThat(decide(RestartType.PERMANENT, end)).as(end.describe()).isEqualTo(AT_ONCE);
    }
  }

  @Example
  void r26_r28_transient_isRestartedAfterAnAbnormalExit_elseDownWithItsEntryKept() {
    for (ExitStatus end : List.of(Life.CRASHED, KILLED, Life.NO_PROGRAM, Life.NO_ROOM)) {
      assertThat(decide(RestartType.TRANSIENT, end)).as(end.describe()).isEqualTo(AT_ONCE);
    }
    assertThat(decide(RestartType.TRANSIENT, CLEAN)).isEqualTo(new RestartDecision.Finish());
  }

  @Example
  void r27_temporary_isForgottenWithItsProcess() {
    for (ExitStatus end : List.of(CLEAN, Life.CRASHED, KILLED, Life.NO_PROGRAM)) {
      assertThat(decide(RestartType.TEMPORARY, end)).isEqualTo(new RestartDecision.Forget());
    }
  }

  @Example
  void r46_r47_retryOfAFailedStart_isARestartOfItsOwn_withoutDelay() {
    Life life = new Life(RestartPolicy.otp(RestartType.PERMANENT));
    for (int i = 1; i <= 1_000; i++) {
      assertThat(life.ends(Life.NO_PROGRAM))
          .isEqualTo(new RestartDecision.Restart(Duration.ZERO, i, RestartCharge.RESTARTS));
    }
    assertThat(life.history().restarts()).isEqualTo(RestartHistory.RESTARTS_MAX);
  }

  /** OTP's {@code add_restart}, in nanoseconds (D2), beside our history and limit. */
  @Property
  void r39_r40_r44_supervisorsLimit_givesUpAtTheSameExit(
      @ForAll long origin,
      @ForAll @IntRange(min = 0, max = 10) int intensity,
      @ForAll @LongRange(min = 1, max = 3_000) long period,
      @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 1_000) Long> gaps) {
    RestartLimit limit = RestartIntensity.of(intensity, Duration.ofNanos(period));
    RestartHistory history = RestartHistory.EMPTY;
    List<Long> restarts = new ArrayList<>();
    long now = 0;
    for (long gap : gaps) {
      now += gap;
      long oldest = now - period;
      restarts.add(now);
      restarts.removeIf(restart -> restart < oldest);
      boolean restarted = limit.allows(history, origin + now);
      assertThat(restarted).isEqualTo(restarts.size() <= intensity);
      if (!restarted) {
        return;
      }
      history = history.restarted(1, origin + now);
    }
  }

  private static RestartDecision decide(RestartType type, ExitStatus end) {
    return new Life(RestartPolicy.otp(type)).ends(end);
  }
}
