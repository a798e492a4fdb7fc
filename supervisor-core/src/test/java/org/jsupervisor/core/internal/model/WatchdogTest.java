package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;

/** How long a run may be silent, and what follows if it is for longer. */
class WatchdogTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final ExitStatus ABORTED = new ExitStatus.Signalled(Signal.ABRT, true);

  private static ProcessSpec.Builder watched() {
    return Fixture.child()
        .withReadiness(ReadinessSpec.notifiedBySocket())
        .withWatchdog(Watchdog.every(WITHIN));
  }

  private static Fixture ready(ProcessSpec.Builder spec) {
    Fixture f = Fixture.started(spec.build()).launched();
    return f.step(new Input.Notified(f.run(1)));
  }

  private static Fixture ping(Fixture f) {
    return f.step(new Input.Pinged(f.run(1)));
  }

  private static Fixture moreTime(Fixture f, Duration by) {
    return f.step(new Input.MoreTime(f.run(1), by));
  }

  private static long in(Fixture f, Duration time) {
    return f.nowNanos + time.toNanos();
  }

  @Test
  void watchdog_countsFromReadiness_notFromTheLaunch() {
    Fixture f = Fixture.started(watched().build()).launched();
    assertThat(ping(f).effects).as("a sign before it is ready").isEmpty();
    f.pass(Duration.ofSeconds(50)).step(new Input.Notified(f.run(1)));
    assertThat(f.now().deadlineNanos()).hasValue(in(f, WITHIN));
  }

  @Test
  void signOfLife_countsAnew() {
    Fixture f = ping(ready(watched()).pass(SECOND));
    assertThat(f.effects).containsExactly(new Effect.Arm(Fixture.CHILD, in(f, WITHIN)));
    assertThat(f.events).isEmpty();
    assertThat(f.now().phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void signOfLife_withoutWatchdog_isNothing() {
    Fixture f = ready(watched().withWatchdog(Watchdog.off()));
    assertThat(ping(f).effects).isEmpty();
    assertThat(f.now().deadlineNanos()).isEmpty();
  }

  @Test
  void silentRun_isSentAbort_thenItsLadder_andItsEndNamesTheWatchdog() {
    Fixture f = ready(watched()).due();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.effects)
        .contains(
            new Effect.Stop(f.run(1), Signal.ABRT),
            new Effect.Arm(Fixture.CHILD, in(f, Fixture.GRACE)));
    assertThat(f.due().effects).contains(new Effect.Stop(f.run(1), Signal.TERM));
    assertThat(f.due().effects).contains(new Effect.Stop(f.run(1), Signal.KILL));
    f.ends(ABORTED);
    Exit exit = f.now().lastExits().get(0);
    assertThat(exit.cause()).isEqualTo(ExitCause.WATCHDOG);
    assertThat(exit.describe()).contains("missed its watchdog");
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void silentRun_thatReturnsZero_isNotClean() {
    Fixture f = ready(watched().withRestart(RestartPolicy.transientPolicy())).due().exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void silentRun_ofALadderWithoutSteps_isKilledAtOnce() {
    Fixture f = ready(watched().withStop(StopSpec.killAtOnce())).due();
    assertThat(f.now().phase()).isEqualTo(Phase.KILLING);
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.KILL));
    assertThat(f.ends(ABORTED).now().lastExits().get(0).cause()).isEqualTo(ExitCause.WATCHDOG);
  }

  @Test
  void signOfLife_thatComesAfterItsTime_doesNotCallTheStopOff() {
    Fixture f = ping(ready(watched()).due());
    assertThat(f.effects).isEmpty();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
  }

  @Test
  void signOfLife_ofAnotherRun_isNothing() {
    Fixture f = ready(watched());
    f.pass(SECOND).step(new Input.Pinged(f.run(2)));
    assertThat(f.effects).isEmpty();
  }

  @Test
  void runThatSaysItIsIll_isAborted_withoutAWatchdogToo() {
    Fixture f = ready(watched().withWatchdog(Watchdog.off()));
    f.step(new Input.Ailing(f.run(1)));
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.ABRT));
    assertThat(f.ends(ABORTED).now().lastExits().get(0).cause()).isEqualTo(ExitCause.WATCHDOG);
  }

  @Test
  void pausedRun_isNotShot_andHasItsWholeTimeWhenItGoesOn() {
    Fixture f = ready(watched()).pass(SECOND);
    f.step(new Input.Pause(Fixture.CHILD, "test"));
    assertThat(f.now().deadlineNanos()).isEmpty();
    assertThat(ping(f.pass(SECOND)).now().deadlineNanos())
        .as("a sign that was under way")
        .isEmpty();
    f.pass(Duration.ofHours(1)).step(new Input.Resume(Fixture.CHILD, "test"));
    assertThat(f.now().deadlineNanos()).hasValue(in(f, WITHIN));
  }

  @Test
  void runThatBecomesReadyWhileItIsPaused_isWatchedWhenItGoesOn() {
    Fixture f = Fixture.started(watched().build()).launched();
    f.step(new Input.Pause(Fixture.CHILD, "test")).step(new Input.Notified(f.run(1)));
    assertThat(f.now().ready()).isTrue();
    assertThat(f.now().deadlineNanos()).isEmpty();
    f.step(new Input.Resume(Fixture.CHILD, "test"));
    assertThat(f.now().deadlineNanos()).hasValue(in(f, WITHIN));
  }

  @Test
  void continueOfARunThatIsNotPaused_isNoSignOfLife() {
    Fixture f = ready(watched());
    long due = f.now().deadlineNanos().orElseThrow();
    f.pass(SECOND).step(new Input.Resume(Fixture.CHILD, "test"));
    assertThat(f.now().deadlineNanos()).hasValue(due);
  }

  @Test
  void moreTime_putsTheReadinessDeadlineOff_andNeverDrawsItNearer() {
    Fixture f = Fixture.started(watched().build()).launched();
    long due = f.now().deadlineNanos().orElseThrow();
    assertThat(moreTime(f, SECOND).now().deadlineNanos()).hasValue(due);
    Duration more = Duration.ofMinutes(5);
    assertThat(moreTime(f, more).now().deadlineNanos()).hasValue(in(f, more));
    assertThat(f.due().ends(ABORTED).now().lastExits().get(0).cause())
        .isEqualTo(ExitCause.START_TIMEOUT);
  }

  @Test
  void moreTime_putsTheWatchdogOff_untilTheNextSign() {
    Fixture f = moreTime(ready(watched()), Duration.ofMinutes(1));
    assertThat(f.now().deadlineNanos()).hasValue(in(f, Duration.ofMinutes(1)));
    assertThat(ping(f).now().deadlineNanos()).hasValue(in(f, WITHIN));
  }

  @Test
  void moreTime_ofARunThatNeedNotSayAnything_isNothing() {
    Fixture f = ready(watched().withWatchdog(Watchdog.off()));
    assertThat(moreTime(f, SECOND).now().deadlineNanos()).isEmpty();
    Fixture lives = Fixture.started(Fixture.child().build()).launched();
    assertThat(moreTime(lives, Duration.ofHours(1)).effects).isEmpty();
    lives.step(new Input.Pause(Fixture.CHILD, "test"));
    moreTime(lives, Duration.ofHours(1)).step(new Input.Resume(Fixture.CHILD, "test"));
    assertThat(lives.now().deadlineNanos()).as("paused meanwhile").hasValue(in(lives, SECOND));
  }

  @Test
  void moreTime_ofAPausedRun_isThereWhenItGoesOn() {
    Fixture f = Fixture.started(watched().build()).launched();
    f.step(new Input.Pause(Fixture.CHILD, "test"));
    moreTime(moreTime(f, Duration.ofMinutes(5)), SECOND);
    assertThat(f.now().deadlineNanos()).isEmpty();
    f.step(new Input.Resume(Fixture.CHILD, "test"));
    assertThat(f.now().deadlineNanos()).hasValue(in(f, Duration.ofMinutes(5)));
  }

  @Test
  void moreTime_putsAStopOff_butNotForEver() {
    Fixture f = ready(watched()).down();
    Duration minute = Duration.ofMinutes(1);
    assertThat(moreTime(f, minute).now().deadlineNanos()).hasValue(in(f, minute));
    long latest =
        f.now().phaseNanos()
            + StopSpec.of(Signal.TERM, Fixture.GRACE)
                .total()
                .plus(StopSpec.EXTENSION_MAX)
                .toNanos();
    assertThat(moreTime(f, Duration.ofDays(1)).now().deadlineNanos()).hasValue(latest);
    assertThat(moreTime(f.pass(minute), Duration.ofDays(1)).effects).isEmpty();
    assertThat(f.due().now().phase()).isEqualTo(Phase.KILLING);
    assertThat(moreTime(f, minute).effects).as("after KILL").isEmpty();
  }
}
