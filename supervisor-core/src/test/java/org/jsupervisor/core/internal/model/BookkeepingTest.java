package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What is counted, measured and kept of a child, and what is left of it when it goes. */
class BookkeepingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Fixture running() {
    return Fixture.started(Fixture.child().build()).launched();
  }

  // Counters, times and generations.

  @Test
  void counters_countEachOfAKind() {
    Fixture f = running().exits(1).due().launched().exits(1).due().launchFails();
    assertThat(f.now().counters().launches()).isEqualTo(3);
    assertThat(f.now().counters().exits()).isEqualTo(2);
    assertThat(f.now().counters().launchFailures()).isEqualTo(1);
    assertThat(f.now().counters().restarts()).isEqualTo(3);
    f.step(new Input.OutputLost(f.run(1), 5, "disk full"));
    f.step(new Input.OutputLost(f.run(1), 7, "disk full"));
    assertThat(f.now().counters().outputBytesLost()).isEqualTo(12);
  }

  @Test
  void usageOfARun_isKeptWithItsEnd_alsoOfOneThatWasStopped() {
    var second = Optional.of(usage(SECOND));
    var two = Optional.of(usage(SECOND.multipliedBy(2)));
    Fixture f = running();

    f.step(new Input.Exited(f.run(1), new ExitStatus.Exited(1), second)).due().launched().down();
    f.step(new Input.Exited(f.run(2), new ExitStatus.Exited(0), two));

    assertThat(f.now().lastExits()).extracting(Exit::usage).containsExactly(two, second);
  }

  private static ResourceUsage usage(Duration user) {
    return new ResourceUsage(user, Duration.ZERO, OptionalLong.empty(), 1, 2, 3, 4);
  }

  @Test
  void leftovers_areToldOfARunThatIsOver_andDecideNothing() {
    Fixture f = running();
    Incarnation first = f.now().incarnation();
    f.exits(1);
    Phase phase = f.now().phase();

    f.step(new Input.LeftBehind(first, 2, Leftovers.KILLED));

    assertThat(f.events)
        .contains(new SupervisorEvent.LeftBehind(first, 2, Leftovers.KILLED))
        .last()
        .extracting(SupervisorEvent::describe)
        .isEqualTo(first + " left 2 processes behind: killed");
    assertThat(f.now().phase()).isEqualTo(phase);
  }

  @Test
  void generation_growsWithEachWish_andWithEachLaunch_andNeverBeginsAnew() {
    Fixture f = running();
    long generation = f.now().generation();
    f.up();
    assertThat(f.now().generation()).as("up of what is up").isGreaterThan(generation);
    generation = f.now().generation();
    f.exits(1);
    assertThat(f.now().generation()).as("an end is no wish").isEqualTo(generation);
    f.due();
    assertThat(f.now().generation()).as("a launch").isGreaterThan(generation);
    generation = f.now().generation();
    f.launched().step(new Input.Remove(Fixture.CHILD, "removed")).exits(0);
    assertThat(f.model.child(Fixture.CHILD)).isEmpty();
    f.step(new Input.Define(Fixture.child().build(), "again"));
    assertThat(f.now().generation()).as("another of its name").isGreaterThan(generation + 1);
  }

  @Test
  void times_areThoseOfThePhase_andOfTheRun() {
    Fixture f = Fixture.started(Fixture.child().build()).pass(SECOND).launched();
    long launched = f.nowNanos;
    assertThat(f.now().launchedNanos()).isEqualTo(launched);
    assertThat(f.now().phaseNanos()).isEqualTo(launched);
    f.pass(Duration.ofMillis(500)).down();
    assertThat(f.now().launchedNanos()).isEqualTo(launched);
    assertThat(f.now().phaseNanos()).isEqualTo(f.nowNanos);
  }

  @Test
  void exit_tellsHowLongItRan_whichIsNothingIfItNeverDid() {
    Fixture f = running().pass(SECOND.multipliedBy(3)).exits(1);
    assertThat(f.now().lastExits().get(0).ran()).isEqualTo(SECOND.multipliedBy(3));
    f.due().pass(SECOND).launchFails();
    assertThat(f.now().lastExits().get(0).ran()).isZero();
  }

  @Test
  void policy_isTold_howLongItWasReady() {
    List<RestartQuestion> asked = new ArrayList<>();
    RestartPolicy policy =
        question -> {
          asked.add(question);
          return new RestartDecision.StayDown("enough");
        };
    ProcessSpec spec =
        Fixture.child().withReadiness(ReadinessSpec.aliveFor(SECOND)).withRestart(policy).build();
    Fixture.started(spec).launched().due().pass(SECOND.multipliedBy(2)).exits(1);
    Fixture.started(spec).launched().pass(Duration.ofMillis(900)).exits(1);
    assertThat(asked)
        .extracting(RestartQuestion::readyFor)
        .containsExactly(SECOND.multipliedBy(2), Duration.ZERO);
  }

  // Specs.

  @Test
  void definition_withAnotherOutput_retiresTheOldOne_andWithTheSameDoesNot() {
    Fixture f = running();
    f.step(new Input.Define(Fixture.child().addVariable("NEW", "1").build(), "changed"));
    assertThat(f.effects).doesNotContain(new Effect.RetireOutput(Fixture.CHILD));
    f.step(
        new Input.Define(
            Fixture.child().withOutput(OutputSpec.to((source, bytes) -> {})).build(), "changed"));
    assertThat(f.effects).contains(new Effect.RetireOutput(Fixture.CHILD));
  }

  /** A policy of somebody whose {@code equals} has a bug. */
  private static final class Incomparable implements RestartPolicy {
    @Override
    public RestartDecision decide(RestartQuestion question) {
      return new RestartDecision.StayDown("no");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  @Test
  void specThatCannotBeCompared_isAnotherOne_andThatIsTold() {
    Fixture f = Fixture.started(Fixture.child().withRestart(new Incomparable()).build()).launched();
    f.step(new Input.Define(Fixture.child().withRestart(new Incomparable()).build(), "changed"));
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.events)
        .contains(
            new SupervisorEvent.DecisionFailed(
                Fixture.CHILD, "comparing specs threw java.lang.IllegalStateException: a bug"));
  }

  @Test
  void sameSpecDuringTheLaunch_doesNotEndTheRunThatComes() {
    Fixture f = Fixture.started(Fixture.child().build());
    f.step(new Input.Define(Fixture.child().build(), "the same"));
    assertThat(f.launched().now().phase()).isEqualTo(Phase.RUNNING);
  }

  // Its end.

  @Test
  void removalDuringBackoff_leavesNothingToWaitFor() {
    Fixture f = running().exits(1).step(new Input.Remove(Fixture.CHILD, "removed"));
    assertThat(f.effects)
        .containsExactly(new Effect.Disarm(Fixture.CHILD), new Effect.RetireOutput(Fixture.CHILD));
  }

  @Test
  void killDuringTheLaunch_leavesItAsMuchTimeAsAfterKill_neverMore_andIsCarriedOutWhenItComes() {
    Fixture f = Fixture.started(Fixture.child().build());
    long killWait = Duration.ofSeconds(2).toNanos();
    f.step(new Input.Kill(Fixture.CHILD, "no time"));
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + killWait);
    long first = f.now().deadlineNanos().orElseThrow();
    f.pass(SECOND).step(new Input.Kill(Fixture.CHILD, "no time"));
    assertThat(f.now().deadlineNanos()).hasValue(first);
    f.launched();
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.KILL));
  }

  @Test
  void killOfATask_isAnInterrupt_withTwoSeconds_andNeverMoreThanItHad() {
    Fixture f = Fixture.started(Fixture.task().build()).launched();
    f.step(new Input.Kill(Fixture.CHILD, "no time"));
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.effects).contains(new Effect.Interrupt(f.run(1)));
    long first = f.nowNanos + Duration.ofSeconds(2).toNanos();
    assertThat(f.now().deadlineNanos()).hasValue(first);
    f.pass(SECOND).step(new Input.Kill(Fixture.CHILD, "no time"));
    assertThat(f.now().deadlineNanos()).hasValue(first);
    assertThat(f.effects).isEmpty();
  }

  @Test
  void killOfATaskThatIsStopping_cutsItsGrace_withoutAnotherInterrupt() {
    Fixture f = Fixture.started(Fixture.task().build()).launched().down();
    f.step(new Input.Kill(Fixture.CHILD, "no time"));
    long due = f.nowNanos + Duration.ofSeconds(2).toNanos();
    assertThat(f.effects).containsExactly(new Effect.Arm(Fixture.CHILD, due));
  }

  @Test
  void significantTemporaryChild_thatEndsBeforeItsTurnToBeStopped_endsItsSupervisor() {
    ProcessSpec significant =
        Driver.worker("s", RestartPolicy.temporary())
            .withSignificance(Significance.SIGNIFICANT)
            .build();
    Driver d =
        Driver.started(
            Driver.supervisor(
                    "t",
                    RestartStrategy.oneForAll(),
                    Driver.permanent("a"),
                    significant,
                    Driver.permanent("z"))
                .withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                .build());
    d.deaf("z").exits("a", 1).exits("s", 0).pass(Driver.GRACE);
    assertThat(d.isOver()).isTrue();
    assertThat(d.cause()).isEqualTo(StopReport.Cause.SHUT_DOWN);
  }

  @Test
  void treeThatIsStoppedBeforeItsStart_isOver() {
    Driver d = Driver.of(Driver.oneForOne(Driver.permanent("a"))).stopTree();
    assertThat(d.isOver()).isTrue();
    assertThat(d.step(new Input.StartTree()).orders()).isEmpty();
  }

  @Test
  void treeThatIsAbandoned_hasNothingAlive_andSaysWhy() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"), Driver.transientOne("b")));
    d.exits("b", 0);
    TreeModel model =
        TreeMachine.abandoned(d.model, "the engine failed", new Moment(d.nowNanos, 0.5)).model();
    assertThat(model.phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(model.reason()).isEqualTo("the engine failed");
    ChildModel a = model.child(ChildId.of("a")).orElseThrow();
    assertThat(a.phase()).isEqualTo(Phase.DOWN);
    assertThat(a.reason()).isEqualTo("the engine failed");
    assertThat(a.life()).isEqualTo(Life.NONE);
    assertThat(model.child(ChildId.of("b")).orElseThrow().phase()).isEqualTo(Phase.FINISHED);
  }

  // What others throw.

  @Test
  void failure_isAText_ofAtMostThreeHundredCharacters() {
    String name = "java.lang.IllegalStateException: ";
    String longest = "x".repeat(300 - name.length());
    assertThat(Failures.text(new IllegalStateException("no"))).isEqualTo(name + "no");
    assertThat(Failures.text(new IllegalStateException(longest))).isEqualTo(name + longest);
    assertThat(Failures.text(new IllegalStateException(longest + "y")))
        .isEqualTo(name + longest + "...");
  }
}
