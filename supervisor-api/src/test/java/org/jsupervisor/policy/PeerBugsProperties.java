package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.process.ExitStatus;

/** Bugs of other supervisors in counting and waiting, as tests of ours. */
class PeerBugsProperties {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long YEAR_NANOS = Duration.ofDays(365).toNanos();

  /** Pekko's and mon's windows tumble: twice the limit passes across their edge. */
  @Property
  void window_slides_soThatNoTwiceTheLimitPassesAcrossItsEdge(
      @ForAll @IntRange(min = 1, max = 50) int restarts, @ForAll @LongRange(max = 60) long offset) {
    RestartIntensity limit = RestartIntensity.of(restarts, MINUTE);
    long burst = Duration.ofSeconds(offset).toNanos();
    RestartHistory history = RestartHistory.EMPTY;
    for (int i = 0; i < restarts; i++) {
      history = history.restarted(i + 1, burst);
    }
    assertThat(limit.allows(history, MINUTE.toNanos() + burst)).as("exactly one period").isFalse();
    assertThat(limit.allows(history, MINUTE.toNanos() + burst + 1)).isTrue();
  }

  /** pm2#839: a counter that only ever grows ends a child that fails once a week. */
  @Example
  void stableLife_resetsTheCounters() {
    Life life = new Life(RestartPolicy.permanent());
    for (int week = 0; week < 500; week++) {
      life.pass(Duration.ofDays(7));
      RestartDecision decision = life.ends(Duration.ofDays(7));
      assertThat(((RestartDecision.Restart) decision).attempt()).isEqualTo(1);
    }
  }

  /** monit#1073, supervisord: is "3 restarts" three launches or four? */
  @Property
  void restartsAllowed_areOneLaunchLess_startAttempts_areLaunches(
      @ForAll @IntRange(min = 1, max = 50) int number) {
    StandardRestartPolicy policy =
        RestartPolicy.permanent()
            .withLimit(RestartIntensity.of(number, MINUTE))
            .withStartAttempts(number);
    assertThat(launches(policy, Life.CRASHED)).isEqualTo(number + 1);
    assertThat(launches(policy, Life.NO_PROGRAM)).isEqualTo(number);
    StandardRestartPolicy bucket = policy.withLimit(TokenBucket.of(number, MINUTE));
    assertThat(launches(bucket, Life.CRASHED)).isEqualTo(number + 1);
    StandardRestartPolicy decaying = policy.withLimit(DecayingLimit.of(number, MINUTE));
    assertThat(launches(decaying, Life.CRASHED)).isEqualTo(number + 1);
  }

  /** Pekko's jitter exceeds its cap, and others overflow. */
  @Example
  void cap_holdsAfterJitter_forAMillionAttempts() {
    Duration cap = Duration.ofSeconds(30);
    double highest = Math.nextDown(1.0);
    List<Backoff> backoffs =
        List.of(
            Backoff.exponential(SECOND, cap),
            Backoff.linear(SECOND, cap),
            Backoff.steps(SECOND, cap, 10));
    for (Backoff backoff : backoffs) {
      for (int attempt = 0; attempt <= 1_000_000; attempt++) {
        Duration delay = backoff.delay(attempt, highest);
        if (delay.compareTo(cap) > 0 || delay.compareTo(SECOND) < 0) {
          throw new AssertionError(backoff + ": attempt " + attempt + " waits " + delay);
        }
      }
    }
  }

  /** supervisord and going measure with a clock that people set. */
  @Property
  void clockSetByAYear_changesNoDecision(
      @ForAll("policies") RestartPolicy policy,
      @ForAll long origin,
      @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 90) Long> seconds,
      @ForAll("ends") @Size(min = 40, max = 40) List<ExitStatus> ends) {
    List<List<RestartDecision>> told = new ArrayList<>();
    for (long shift : new long[] {0, YEAR_NANOS, -YEAR_NANOS}) {
      Life life = new Life(policy, origin + shift);
      List<RestartDecision> decisions = new ArrayList<>();
      for (int i = 0; i < seconds.size(); i++) {
        Duration ran = Duration.ofSeconds(seconds.get(i));
        life.pass(ran);
        decisions.add(life.ends(Life.exit(ends.get(i), ran), ran));
      }
      told.add(decisions);
    }
    assertThat(told.get(1)).isEqualTo(told.get(0));
    assertThat(told.get(2)).isEqualTo(told.get(0));
  }

  private static int launches(RestartPolicy policy, ExitStatus end) {
    Life life = new Life(policy);
    int launches = 1;
    while (life.ends(end).kind() == RestartDecision.Kind.RESTART) {
      launches++;
    }
    return launches;
  }

  @Provide
  static Arbitrary<RestartPolicy> policies() {
    StandardRestartPolicy standard = RestartPolicy.permanent();
    return Arbitraries.of(
        standard,
        standard.withLimit(TokenBucket.of(3, MINUTE)),
        standard.withLimit(DecayingLimit.suture()),
        standard.withLimit(RestartLimit.allOf(TokenBucket.of(3, MINUTE), DecayingLimit.suture())),
        standard.withBackoff(Backoff.steps(SECOND, MINUTE, 5)).withStartAttempts(1),
        RestartPolicy.otp(RestartType.TRANSIENT),
        ShortLifePolicy.defaults());
  }

  @Provide
  static Arbitrary<List<ExitStatus>> ends() {
    return Arbitraries.of(Life.CRASHED, Life.NO_PROGRAM, Life.NO_ROOM, new ExitStatus.Exited(0))
        .list();
  }
}
