package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.Refusal;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.Test;

/** Of the engine's promises, what becomes of a child: readiness, exits, failed launches, output. */
abstract class ChildSuite extends EngineSuite {
  @Test
  void tree_isReadyWhenEveryWantedChildIs() {
    Supervisor tree =
        start(
            child("a", Behaviour.RUNS),
            child("b", Behaviour.NOTIFIES).withReadiness(ReadinessSpec.notified(3)),
            child("c", Behaviour.RUNS).withInitially(Desire.DOWN));
    assertThat(world.await(tree.ready()).isReady()).isTrue();
    assertThat(now(tree, B).ready()).isTrue();
    assertThat(now(tree, ChildId.of("c")).phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void aliveForItsTime_isReady() {
    Supervisor tree =
        start(
            child("a", Behaviour.RUNS)
                .withReadiness(ReadinessSpec.aliveFor(Duration.ofMillis(200))));
    world.await(tree.ready());
    assertThat(now(tree, A).ready()).isTrue();
  }

  @Test
  void killedFromOutside_isRestarted_andEveryCounterSaysSo() {
    Supervisor tree = start(child("a", Behaviour.RUNS));
    List<SupervisorEvent> events = new CopyOnWriteArrayList<>();
    tree.subscribe(published -> events.add(published.event()));
    var first = world.await(tree.ready()).children().get(0).pid();
    world.kill(A);
    world.awaitUntil(
        "a second run", () -> now(tree, A).counters().launches() == 2 && now(tree, A).ready());
    assertThat(now(tree, A).pid()).isPresent().isNotEqualTo(first);
    assertThat(now(tree, A).counters().restarts()).isEqualTo(1);
    assertThat(now(tree, A).lastExit().orElseThrow().status())
        .isEqualTo(new ExitStatus.Signalled(Signal.KILL, false));
    world.awaitUntil(
        "the events",
        () ->
            events.stream().filter(e -> e instanceof SupervisorEvent.RestartScheduled).count() == 1
                && events.stream().anyMatch(e -> e instanceof SupervisorEvent.Ended));
  }

  @Test
  void crashLoop_givesUpAfterExactlyItsRestarts() {
    Supervisor tree =
        start(
            child("a", Behaviour.EXITS_WITH_3)
                .withInitially(Desire.DOWN)
                .withReadiness(ReadinessSpec.aliveFor(Duration.ofSeconds(20)))
                .withRestart(QUICK.withLimit(RestartIntensity.of(2, Duration.ofHours(1)))));
    assertRefused(Refusal.GAVE_UP, () -> world.await(tree.up(A)));
    ChildSnapshot child = now(tree, A);
    assertThat(child.phase()).isEqualTo(Phase.QUARANTINED);
    assertThat(child.counters().launches()).isEqualTo(3);
    assertThat(child.lastExits())
        .extracting(exit -> exit.status().describe())
        .containsOnly("exit code 3");
  }

  @Test
  void transient_exitsCleanly_isFinished() {
    Supervisor tree =
        start(
            child("a", Behaviour.EXITS_WITH_0)
                .withReadiness(ReadinessSpec.aliveFor(Duration.ofSeconds(20)))
                .withRestart(RestartPolicy.transientPolicy()));
    world.await(tree.ready());
    assertThat(now(tree, A).phase()).isEqualTo(Phase.FINISHED);
  }

  @Test
  void temporary_exits_isForgotten() {
    Supervisor tree =
        start(child("a", Behaviour.EXITS_WITH_3).withRestart(RestartPolicy.temporary()));
    world.awaitUntil("it is gone", () -> tree.child(A).isEmpty());
  }

  /** F11. */
  @Test
  void ignoresTerm_isKilledAfterItsGrace() {
    Supervisor tree =
        start(
            child("a", Behaviour.NOTIFIES_AND_IGNORES_TERM)
                .withReadiness(ReadinessSpec.notified(3))
                .withStop(StopSpec.of(Signal.TERM, Duration.ofMillis(300))));
    world.await(tree.ready());
    ChildSnapshot down = world.await(tree.down(A));
    assertThat(down.lastExit().orElseThrow().status())
        .isEqualTo(new ExitStatus.Signalled(Signal.KILL, false));
  }

  @Test
  void neverReady_isStoppedAndCountsAsAFailure() {
    Supervisor tree =
        start(
            child("a", Behaviour.RUNS)
                .withInitially(Desire.DOWN)
                .withReadiness(new ReadinessSpec.Notified(3, Duration.ofMillis(200)))
                .withRestart(
                    QUICK
                        .withLimit(RestartIntensity.of(0, Duration.ofHours(1)))
                        .withGiveUp(GiveUp.stayDown())));
    assertRefused(Refusal.GAVE_UP, () -> world.await(tree.up(A)));
    assertThat(now(tree, A).lastExit().orElseThrow().cause()).isEqualTo(ExitCause.START_TIMEOUT);
    assertThat(now(tree, A).phase()).isEqualTo(Phase.FAILED);
  }

  /** F26, peers' bug 11. */
  @Test
  void missingProgram_isALaunchFailureWithItsError_neverAnExitCode() {
    Supervisor tree =
        start(
            child("a", Behaviour.MISSING)
                .withInitially(Desire.DOWN)
                .withRestart(QUICK.withStartAttempts(2)),
            child("b", Behaviour.RUNS));
    assertRefused(Refusal.GAVE_UP, () -> world.await(tree.up(A)));
    ChildSnapshot child = now(tree, A);
    assertThat(child.counters().launchFailures()).isEqualTo(2);
    assertThat(child.counters().exits()).isZero();
    assertThat(child.lastExit().orElseThrow().status())
        .isInstanceOfSatisfying(
            ExitStatus.NeverStarted.class,
            never -> assertThat(never.failure().error()).isEqualTo("ENOENT"));
    assertThat(world.await(tree.up(B)).ready()).isTrue();
  }

  @Test
  void output_arrivesByteForByte() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputSink sink =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
              written.write(bytes.get());
            }
          }
        };
    Supervisor tree =
        start(
            child("a", Behaviour.WRITES)
                .withReadiness(ReadinessSpec.notified(3))
                .withOutput(OutputSpec.to(sink)));
    world.await(tree.ready());
    world.awaitUntil("all output", () -> written.size() >= Behaviour.TEXT.length());
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(Behaviour.TEXT);
  }

  @Test
  void samePhases_inTheSameOrder_onEveryPlatform() {
    Supervisor tree =
        start(
            child("a", Behaviour.NOTIFIES)
                .withReadiness(ReadinessSpec.notified(3))
                .withInitially(Desire.DOWN));
    List<String> seen = new CopyOnWriteArrayList<>();
    tree.subscribe(
        published -> {
          if (published.event() instanceof SupervisorEvent.PhaseChanged changed) {
            seen.add(changed.to().name());
          } else if (published.event() instanceof SupervisorEvent.Ready) {
            seen.add("ready");
          }
        });
    world.await(tree.up(A));
    world.kill(A);
    world.awaitUntil("the second run", () -> now(tree, A).ready());
    world.awaitUntil("a restart", () -> now(tree, A).counters().launches() == 2);
    world.await(tree.up(A));
    world.await(tree.restart(A, "test"));
    world.await(tree.down(A));
    assertThat(seen)
        .containsExactly(
            "LAUNCHING",
            "RUNNING",
            "ready",
            "BACKOFF",
            "LAUNCHING",
            "RUNNING",
            "ready",
            "STOPPING",
            "LAUNCHING",
            "RUNNING",
            "ready",
            "STOPPING",
            "DOWN");
  }
}
