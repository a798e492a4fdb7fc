package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator wants is what comes, whatever the machine was about to do by itself. */
class OperatorWishTest {
  private static final Duration LATER = Duration.ofMinutes(10);

  /** What child c is in the middle of, under one-for-all with a and z. */
  enum Situation {
    RUNNING,
    DOWN,
    LAUNCHING,
    STOPPING,
    BACKOFF_OF_ITS_GROUP,
    STOPPED_WITH_ITS_GROUP,
    WAITING_WITH_ITS_GROUP,
    QUARANTINED,
    FAILED;

    Driver make() {
      Driver d = tree(RestartPolicy.permanent());
      return switch (this) {
        case RUNNING -> d;
        case DOWN -> d.down("c");
        case LAUNCHING -> d.down("c").slowToLaunch("c").up("c");
        case STOPPING -> d.deaf("c").restart("c");
        case BACKOFF_OF_ITS_GROUP -> d.exits("c", 1);
        case STOPPED_WITH_ITS_GROUP -> d.deaf("c").exits("a", 1);
        case WAITING_WITH_ITS_GROUP -> d.exits("a", 1);
        case QUARANTINED -> tree(givesUp(GiveUp.quarantine(LATER, LATER))).exits("c", 1);
        case FAILED -> tree(givesUp(GiveUp.stayDown())).exits("c", 1);
      };
    }

    private static StandardRestartPolicy givesUp(GiveUp how) {
      return RestartPolicy.permanent().withLimit((history, now) -> false).withGiveUp(how);
    }

    private static Driver tree(StandardRestartPolicy policy) {
      return Driver.started(
          Driver.supervisor(
                  "t",
                  RestartStrategy.oneForAll(),
                  worker("a").build(),
                  worker("c").withRestart(policy).build(),
                  worker("z").build())
              .build());
    }

    private static ProcessSpec.Builder worker(String id) {
      return Fixture.child(id).withReadiness(ReadinessSpec.atLaunch());
    }
  }

  enum Wish {
    UP,
    DOWN,
    ONCE,
    RESTART,
    REMOVE;

    Input input() {
      ChildId c = ChildId.of("c");
      return switch (this) {
        case UP -> new Input.Up(c, "test");
        case DOWN -> new Input.Down(c, "test");
        case ONCE -> new Input.Once(c, "test");
        case RESTART -> new Input.Restart(c, "test");
        case REMOVE -> new Input.Remove(c, "test");
      };
    }
  }

  /** Launches come out, the deaf are killed, back-offs are over: all but the quarantine. */
  private static Driver settled(Driver d) {
    if (d.knows("c") && d.phase("c") == Phase.LAUNCHING) {
      d.launchComes("c");
    }
    return d.pass(Duration.ofMinutes(1));
  }

  private static void assertIsAs(Driver d, Wish wish, String context) {
    if (wish == Wish.REMOVE) {
      assertThat(d.knows("c")).as(context).isFalse();
      return;
    }
    Phase phase = wish == Wish.DOWN ? Phase.DOWN : Phase.RUNNING;
    Desire desire =
        switch (wish) {
          case DOWN -> Desire.DOWN;
          case ONCE -> Desire.ONCE;
          case UP, RESTART, REMOVE -> Desire.UP;
        };
    assertThat(d.phase("c")).as(context).isEqualTo(phase);
    assertThat(d.now("c").desire()).as(context).isEqualTo(desire);
  }

  @ParameterizedTest
  @EnumSource(Situation.class)
  void oneWish_inAnySituation_comes_andTheOthersAreUp(Situation situation) {
    for (Wish wish : Wish.values()) {
      Driver d = situation.make().step(wish.input());
      assertIsAs(settled(d), wish, situation + ", then " + wish);
      assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
      assertThat(d.phase("z")).isEqualTo(Phase.RUNNING);
    }
  }

  /** F58: several operations at one instant come to what one of their serial orders comes to. */
  @ParameterizedTest
  @EnumSource(Situation.class)
  void twoWishes_atOneInstant_theLaterOneComes_butWhatIsRemovedIsGone(Situation situation) {
    for (Wish first : Wish.values()) {
      for (Wish second : Wish.values()) {
        Driver d = situation.make();
        d.nextAlso(first.input()).step(second.input());
        Wish expected = first == Wish.REMOVE ? Wish.REMOVE : second;
        assertIsAs(settled(d), expected, situation + ", " + first + " and " + second);
      }
    }
  }

  @Test
  void upInBackoffAndInQuarantine_startsAtOnce_withItsRestartsForgiven() {
    Driver quarantined = Situation.QUARANTINED.make().up("c");
    assertThat(quarantined.phase("c")).isEqualTo(Phase.RUNNING);
    Driver group = Situation.BACKOFF_OF_ITS_GROUP.make();
    assertThat(group.phase("c")).isEqualTo(Phase.WAITING);
    assertThat(group.up("c").phase("c")).isEqualTo(Phase.RUNNING);
    assertThat(group.now("c").history().streak()).isZero();
  }

  @Test
  void downTwice_isDownOnce() {
    Driver d = Situation.RUNNING.make().deaf("c").down("c");
    ChildModel before = d.now("c");
    d.down("c");
    assertThat(d.now("c"))
        .usingRecursiveComparison()
        .ignoringFields("generation")
        .isEqualTo(before);
  }

  @Test
  void removalDuringItsLaunch_endsTheRunThatComes() {
    Driver d = Situation.LAUNCHING.make().remove("c");
    assertThat(d.knows("c")).isTrue();
    d.trace();
    d.launchComes("c");
    assertThat(d.orders()).isEqualTo("stop c");
    assertThat(d.knows("c")).isFalse();
  }
}
