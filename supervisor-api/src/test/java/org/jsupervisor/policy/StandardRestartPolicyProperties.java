package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;

/** Whatever happens to a child, its policy has an answer, and the answer keeps the limits. */
class StandardRestartPolicyProperties {
  /** One life: how long until its end, how it ended, how long it had been ready. */
  record Life(long gapNanos, ExitStatus status, ExitCause cause, long readyNanos) {}

  @Property
  void anyLives_haveAnswersWithinTheLimits(
      @ForAll("policies") StandardRestartPolicy policy,
      @ForAll long originNanos,
      @ForAll("lives") @Size(max = 60) List<Life> lives,
      @ForAll @LongRange(min = 0, max = 99) long percent) {
    RestartHistory history = RestartHistory.EMPTY;
    List<Long> restarts = new ArrayList<>();
    long elapsed = 0;
    for (Life life : lives) {
      elapsed += life.gapNanos();
      RestartDecision decision =
          policy.decide(
              new RestartQuestion(
                  new Exit(
                      new Incarnation(ChildId.of("c"), 1),
                      life.status(),
                      life.cause(),
                      Duration.ofNanos(life.gapNanos())),
                  Duration.ofNanos(life.readyNanos()),
                  history,
                  originNanos + elapsed,
                  percent / 100.0));
      switch (decision.kind()) {
        case RESTART -> {
          var restart = (RestartDecision.Restart) decision;
          assertThat(restart.delay())
              .isLessThanOrEqualTo(((ExponentialBackoff) policy.backoff()).cap());
          assertThat(restart.attempt()).isIn(1, history.streak() + 1);
          history = history.restarted(restart, originNanos + elapsed);
          if (restart.charge() == RestartCharge.RESTARTS) {
            restarts.add(elapsed);
          }
        }
        case QUARANTINE -> {
          var quarantine = (RestartDecision.Quarantine) decision;
          var settings = (GiveUp.Quarantine) policy.giveUp();
          assertThat(quarantine.pause()).isBetween(settings.pause(), settings.pauseMax());
          assertThat(quarantine.count()).isIn(1, history.quarantines() + 1);
          history = history.quarantined(quarantine.count());
          restarts.clear();
        }
        case FINISH -> {
          assertThat(policy.type()).isEqualTo(RestartType.TRANSIENT);
          assertThat(life.status().isClean()).isTrue();
        }
        case FORGET -> assertThat(policy.type()).isEqualTo(RestartType.TEMPORARY);
        case STAY_DOWN -> assertThat(policy.giveUp()).isEqualTo(GiveUp.stayDown());
        case ESCALATE -> assertThat(policy.giveUp()).isEqualTo(GiveUp.escalate());
      }
      assertWithinLimit(policy, restarts);
    }
  }

  private static void assertWithinLimit(StandardRestartPolicy policy, List<Long> restarts) {
    RestartIntensity limit = (RestartIntensity) policy.limit();
    int last = restarts.size() - 1;
    if (limit.restarts() <= last) {
      assertThat(restarts.get(last) - restarts.get(last - limit.restarts()))
          .isGreaterThan(limit.period().toNanos());
    }
  }

  @Provide
  static Arbitrary<StandardRestartPolicy> policies() {
    return Combinators.combine(
            Arbitraries.of(RestartType.class),
            Arbitraries.integers().between(0, 6),
            Arbitraries.longs().between(1, 20_000_000_000L),
            Arbitraries.longs().between(0, 20_000_000_000L),
            Arbitraries.of(
                GiveUp.quarantine(Duration.ofSeconds(1), Duration.ofSeconds(7)),
                GiveUp.stayDown(),
                GiveUp.escalate()))
        .as(
            (type, restarts, period, reset, giveUp) ->
                StandardRestartPolicy.of(type)
                    .withBackoff(Backoff.exponential(Duration.ofMillis(1), Duration.ofSeconds(10)))
                    .withLimit(RestartIntensity.of(restarts, Duration.ofNanos(period)))
                    .withResetAfter(Duration.ofNanos(reset))
                    .withGiveUp(giveUp));
  }

  @Provide
  static Arbitrary<List<Life>> lives() {
    Arbitrary<ExitStatus> statuses =
        Arbitraries.of(
            new ExitStatus.Exited(0),
            new ExitStatus.Exited(255),
            new ExitStatus.Signalled(Signal.KILL, true),
            new ExitStatus.Lost("unknown"),
            new ExitStatus.NeverStarted(
                new LaunchFailure(LaunchFault.HOST, "EAGAIN", "p", "no room")));
    return Combinators.combine(
            Arbitraries.longs().between(0, 30_000_000_000L),
            statuses,
            Arbitraries.of(ExitCause.class),
            Arbitraries.longs().between(0, 60_000_000_000L))
        .as(Life::new)
        .list();
  }
}
