package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jsupervisor.Supervisor;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The simulated platform tells the truth: a scenario that is run on it and on real processes
 * publishes the same events. Each test also names lines that must have come, so that two empty
 * traces are not taken for two equal ones.
 *
 * <p>No scenario has two timers, or a timer and an exit, that race each other.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
final class SameTraceTest {
  private static final ChildId A = ChildId.of("a");
  private static final ChildId B = ChildId.of("b");
  private static final StandardRestartPolicy AT_ONCE =
      RestartPolicy.permanent().withBackoff(Backoff.none());
  private static final StandardRestartPolicy SOON =
      RestartPolicy.transientPolicy().withBackoff(Backoff.fixed(Duration.ofMillis(50)));

  /** A back-off that no test waits out. */
  private static final StandardRestartPolicy LATE =
      RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofHours(1)));

  private static final Duration LONG = Duration.ofMinutes(1);

  private final World simulated = new SimulatedWorld();
  private final World posix = new PosixWorld();
  private final Trace theory = new Trace();
  private final Trace practice = new Trace();

  @AfterEach
  void leaveNothingBehind() {
    for (World world : List.of(simulated, posix)) {
      world.close();
      world.awaitUntil("no process is left", () -> !world.hasLiveProcesses());
    }
  }

  /** One run of a scenario: what its driver may use. */
  private record Run(World world, Supervisor tree, Trace trace) {
    void until(String... lines) {
      for (String line : lines) {
        world.awaitUntil("'" + line + "'", () -> trace.has(line));
      }
    }

    void untilReady() {
      var unused = world.await(tree.ready());
    }

    void kill(ChildId child) {
      var unused = world.await(tree.signal(child, Signal.KILL));
    }

    void stop() {
      var unused = world.await(tree.stop("the scenario is over"));
    }
  }

  /** Runs it on both, which must publish the same of every child. */
  private void assertSame(Function<World, SupervisorSpec.Builder> spec, Consumer<Run> driver) {
    run(new Run(simulated, simulated.start(spec.apply(simulated).build(), theory), theory), driver);
    run(new Run(posix, posix.start(spec.apply(posix).build(), practice), practice), driver);
    assertThat(practice.byChild()).isEqualTo(theory.byChild());
  }

  /** As {@link #assertSame}, and the runs of all children began and ended in the same order. */
  private void assertSameOrder(Function<World, SupervisorSpec.Builder> spec, Consumer<Run> driver) {
    assertSame(spec, driver);
    assertThat(practice.runs()).isEqualTo(theory.runs());
  }

  private static void run(Run run, Consumer<Run> driver) {
    driver.accept(run);
    run.until(Trace.LAST);
    assertThat(run.trace().isWhole()).as("every event was heard").isTrue();
  }

  private static SupervisorSpec.Builder treeOf(ProcessSpec.Builder... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("same");
    for (ProcessSpec.Builder child : children) {
      spec.addChild(child.build());
    }
    return spec;
  }

  private static ProcessSpec.Builder child(World world, String id, Behaviour behaviour) {
    return world
        .child(id, behaviour)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(AT_ONCE)
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(20)));
  }

  private static SupervisorSpec.Builder threeThatRun(World world) {
    return treeOf(
        child(world, "a", Behaviour.RUNS),
        child(world, "b", Behaviour.RUNS),
        child(world, "c", Behaviour.RUNS));
  }

  @Test
  void oneForAll_oneCrashes_sameTrace() {
    assertSameOrder(
        world -> threeThatRun(world).withStrategy(RestartStrategy.oneForAll()),
        run -> {
          run.untilReady();
          run.kill(A);
          run.until("a Ready #2", "b Ready #2", "c Ready #2");
          run.stop();
        });
    assertThat(theory.runs())
        .containsSubsequence(
            "a Ended #1 SIGNALLED KILL BY_ITSELF",
            "c Ended #1 SIGNALLED TERM ASKED_TO_STOP",
            "b Ended #1 SIGNALLED TERM ASKED_TO_STOP",
            "a Launched #2",
            "b Launched #2",
            "c Launched #2");
  }

  @Test
  void restForOne_oneCrashes_sameTrace() {
    assertSameOrder(
        world -> threeThatRun(world).withStrategy(RestartStrategy.restForOne()),
        run -> {
          run.untilReady();
          run.kill(B);
          run.until("b Ready #2", "c Ready #2");
          run.stop();
        });
    assertThat(theory.runs())
        .contains("b Ended #1 SIGNALLED KILL BY_ITSELF", "c Launched #2")
        .doesNotContain("a Launched #2");
  }

  @Test
  void limitOfTheTree_isExceeded_sameTrace() {
    assertSame(
        world ->
            treeOf(child(world, "a", Behaviour.RUNS), child(world, "b", Behaviour.EXITS_WITH_3))
                .withLimit(RestartIntensity.of(2, Duration.ofHours(1))),
        run -> {
          var unused = run.world().await(run.tree().stopped());
        });
    assertThat(theory.lines())
        .contains(
            "b Ended #3 EXITED 3 BY_ITSELF",
            "/ GaveUp ESCALATE",
            "a Ended #1 SIGNALLED TERM ASKED_TO_STOP");
  }

  @Test
  void transient_exitsCleanly_sameTrace() {
    assertSame(
        world -> treeOf(child(world, "a", Behaviour.EXITS_WITH_0).withRestart(SOON)),
        run -> {
          run.until("a PhaseChanged RUNNING -> FINISHED");
          run.stop();
        });
    assertThat(theory.lines()).contains("a Ended #1 EXITED 0 BY_ITSELF");
  }

  @Test
  void transient_exitsAbnormally_isRestartedAndGivesUp_sameTrace() {
    StandardRestartPolicy once =
        SOON.withLimit(RestartIntensity.of(1, Duration.ofHours(1))).withGiveUp(GiveUp.stayDown());
    assertSame(
        world -> treeOf(child(world, "a", Behaviour.EXITS_WITH_3).withRestart(once)),
        run -> {
          run.until("a PhaseChanged RUNNING -> FAILED");
          run.stop();
        });
    assertThat(theory.lines())
        .containsSubsequence("a RestartScheduled attempt 1", "a Launched #2", "a GaveUp STAY_DOWN");
  }

  /** Started again by the driver, so that no back-off races the end of the dependent. */
  @Test
  void dependency_isKilled_dependentIsRestartedWithIt_sameTrace() {
    assertSameOrder(
        world ->
            treeOf(
                child(world, "a", Behaviour.RUNS).withRestart(LATE),
                child(world, "b", Behaviour.RUNS).addDependency("a", WhenLost.IS_RESTARTED)),
        run -> {
          run.untilReady();
          run.kill(A);
          run.until("b Ended #1 SIGNALLED TERM ASKED_TO_STOP");
          var unused = run.world().await(run.tree().up(A));
          run.until("b Ready #2");
          run.stop();
        });
    assertThat(theory.runs()).containsSubsequence("a Launched #2", "b Launched #2");
  }

  @Test
  void termIsIgnored_killFollows_sameTrace() {
    assertSame(
        world ->
            treeOf(
                child(world, "a", Behaviour.NOTIFIES_AND_IGNORES_TERM)
                    .withReadiness(ReadinessSpec.notified(3))
                    .withStop(StopSpec.of(Signal.TERM, Duration.ofMillis(200)))),
        run -> {
          run.untilReady();
          var unused = run.world().await(run.tree().down(A));
          run.stop();
        });
    assertThat(theory.lines())
        .containsSubsequence(
            "a SignalSent #1 TERM",
            "a SignalSent #1 KILL",
            "a Ended #1 SIGNALLED KILL ASKED_TO_STOP");
  }

  @Test
  void programIsMissing_sameTrace() {
    StandardRestartPolicy twice = SOON.withStartAttempts(2).withGiveUp(GiveUp.stayDown());
    assertSame(
        world ->
            treeOf(
                child(world, "a", Behaviour.MISSING).withRestart(twice),
                child(world, "b", Behaviour.RUNS)),
        run -> {
          run.until("a GaveUp STAY_DOWN", "b Ready #1");
          run.stop();
        });
    assertThat(theory.lines())
        .filteredOn(line -> line.startsWith("a Ended") && line.contains(" ENOENT "))
        .hasSize(2);
  }

  /** One is stopped by the operator, the other with the tree. */
  @Test
  void stopped_inTheMiddleOfABackoff_sameTrace() {
    assertSame(
        world ->
            treeOf(
                child(world, "a", Behaviour.RUNS).withRestart(LATE),
                child(world, "b", Behaviour.RUNS).withRestart(LATE)),
        run -> {
          run.untilReady();
          run.kill(A);
          run.kill(B);
          run.until("a PhaseChanged RUNNING -> BACKOFF", "b PhaseChanged RUNNING -> BACKOFF");
          var unused = run.world().await(run.tree().down(A));
          run.stop();
        });
    assertThat(theory.lines())
        .contains("a PhaseChanged BACKOFF -> DOWN", "b PhaseChanged BACKOFF -> DOWN")
        .doesNotContain("a Launched #2", "b Launched #2");
  }

  @Test
  void oneshot_thatOthersDependOn_sameTrace() {
    assertSameOrder(
        world ->
            treeOf(
                child(world, "a", Behaviour.EXITS_WITH_0)
                    .withRestart(SOON)
                    .withReadiness(ReadinessSpec.completed(LONG)),
                child(world, "b", Behaviour.RUNS).addDependency("a"),
                child(world, "c", Behaviour.RUNS).addDependency("b")),
        run -> {
          run.until("c Ready #1");
          run.stop();
        });
    assertThat(theory.runs())
        .containsSubsequence("a Ended #1 EXITED 0 BY_ITSELF", "b Launched #1", "c Launched #1");
  }
}
