package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine promises, whatever platform is under it. */
abstract class EngineSuite {
  private static final ChildId A = ChildId.of("a");
  private static final ChildId B = ChildId.of("b");
  private static final StandardRestartPolicy QUICK =
      RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofMillis(10)));

  private final World world = newWorld();

  abstract World newWorld();

  @AfterEach
  void leaveNothingBehind() {
    world.close();
    world.awaitUntil("no process is left", () -> !world.hasLiveProcesses());
  }

  private ProcessSpec.Builder child(String id, Behaviour behaviour) {
    return world
        .child(id, behaviour)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(QUICK)
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(20)));
  }

  private Supervisor start(ProcessSpec.Builder... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("suite");
    for (ProcessSpec.Builder child : children) {
      spec.addChild(child.build());
    }
    return world.start(spec.build());
  }

  private static ChildSnapshot now(Supervisor tree, ChildId id) {
    return tree.child(id).orElseThrow();
  }

  private void assertRefused(Refusal refusal, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            OperationRefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

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
  void down_isDoneWhenThereIsNoProcess_up_whenThereIsOneAgain() {
    Supervisor tree = start(child("a", Behaviour.RUNS));
    world.await(tree.ready());
    ChildSnapshot down = world.await(tree.down(A));
    assertThat(down.phase()).isEqualTo(Phase.DOWN);
    assertThat(down.pid()).isEmpty();
    assertThat(world.hasLiveProcesses()).isFalse();
    assertThat(down.lastExit().orElseThrow().status())
        .isEqualTo(new ExitStatus.Signalled(Signal.TERM, false));
    assertThat(down.lastExit().orElseThrow().cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
    assertThat(world.await(tree.up(A)).ready()).isTrue();
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
  void restart_isDoneWhenTheNewRunIsReady_andIsNotCounted() {
    Supervisor tree = start(child("a", Behaviour.RUNS));
    var first = world.await(tree.ready()).children().get(0).pid();
    ChildSnapshot again = world.await(tree.restart(A, "test"));
    assertThat(again.pid()).isPresent().isNotEqualTo(first);
    assertThat(again.counters().restarts()).isZero();
    assertThat(again.counters().launches()).isEqualTo(2);
  }

  @Test
  void once_isOneRun_whoseEndIsNobodysFailure() {
    Supervisor tree = start(child("a", Behaviour.RUNS).withInitially(Desire.DOWN));
    assertThat(world.await(tree.once(A)).desire()).isEqualTo(Desire.ONCE);
    world.kill(A);
    world.awaitUntil("the end of the one run", () -> now(tree, A).phase() == Phase.DOWN);
    assertThat(now(tree, A).desire()).isEqualTo(Desire.DOWN);
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
    assertThat(now(tree, A).counters().restarts()).isZero();
    assertThat(world.hasLiveProcesses()).isFalse();
  }

  @Test
  void pausedChild_standsStill_goesOn_andHearsItsStop() {
    Supervisor tree = start(child("a", Behaviour.RUNS));
    world.await(tree.ready());
    assertThat(world.await(tree.pause(A)).paused()).isTrue();
    world.awaitUntil("it stands still", () -> world.standsStill(now(tree, A)));
    assertThat(world.await(tree.resume(A)).paused()).isFalse();
    world.awaitUntil("it goes on", () -> !world.standsStill(now(tree, A)));
    world.await(tree.pause(A));
    ChildSnapshot down = world.await(tree.down(A));
    assertThat(down.paused()).isFalse();
    assertThat(down.lastExit().orElseThrow().status())
        .isEqualTo(new ExitStatus.Signalled(Signal.TERM, false));
    assertRefused(Refusal.NOT_RUNNING, () -> world.await(tree.pause(A)));
  }

  @Test
  void requestOnAnOldView_isStale_andNothingIsDone() {
    Supervisor tree = start(child("a", Behaviour.RUNS));
    ChildSnapshot seen = world.await(tree.ready()).children().get(0);
    Request deploy = Request.of("suite", "deploy").expecting(seen.generation());
    world.await(tree.restart(A, deploy));
    var pid = now(tree, A).pid();
    assertRefused(Refusal.STALE, () -> world.await(tree.down(A, deploy)));
    assertThat(now(tree, A).pid()).isEqualTo(pid);
    assertThat(now(tree, A).desire()).isEqualTo(Desire.UP);
  }

  @Test
  void changedSpec_restartsOnlyThatChild_sameSpecNone() {
    Supervisor tree = start(child("a", Behaviour.RUNS), child("b", Behaviour.RUNS));
    world.await(tree.ready());
    world.await(tree.define(child("a", Behaviour.RUNS).build()));
    world.await(tree.define(child("b", Behaviour.RUNS).addVariable("NEW", "1").build()));
    world.awaitUntil("a new run of b", () -> now(tree, B).counters().launches() == 2);
    world.await(tree.ready());
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
  }

  @Test
  void addedChild_runs_removedChild_isGone() {
    Supervisor tree = start();
    world.await(tree.define(child("a", Behaviour.RUNS).build()));
    assertThat(world.await(tree.up(A)).ready()).isTrue();
    world.await(tree.remove(A));
    assertThat(tree.child(A)).isEmpty();
    assertThat(world.hasLiveProcesses()).isFalse();
    assertRefused(Refusal.UNKNOWN_CHILD, () -> world.await(tree.up(A)));
  }

  @Test
  void signal_reachesTheChild_whosePolicyDecides() {
    Supervisor tree =
        start(child("a", Behaviour.RUNS).withRestart(RestartPolicy.transientPolicy()));
    world.await(tree.ready());
    world.await(tree.signal(A, Signal.USR1));
    world.awaitUntil("its end", () -> !now(tree, A).lastExits().isEmpty());
    assertThat(now(tree, A).lastExit().orElseThrow().status())
        .isEqualTo(new ExitStatus.Signalled(Signal.USR1, false));
    assertThat(now(tree, A).counters().restarts()).isEqualTo(1);
  }

  @Test
  void signalToAChildWithoutProcess_isRefused() {
    Supervisor tree = start(child("a", Behaviour.RUNS).withInitially(Desire.DOWN));
    assertRefused(Refusal.NOT_RUNNING, () -> world.await(tree.signal(A, Signal.HUP)));
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
  void stop_goesInReverseOrder_oneAfterTheOther() {
    Supervisor tree =
        start(child("a", Behaviour.RUNS), child("b", Behaviour.RUNS), child("c", Behaviour.RUNS));
    List<String> ends = new CopyOnWriteArrayList<>();
    tree.subscribe(
        published -> {
          if (published.event() instanceof SupervisorEvent.PhaseChanged changed
              && (changed.to() == Phase.STOPPING || changed.to() == Phase.DOWN)) {
            ends.add(changed.child() + " " + changed.to());
          }
        });
    world.await(tree.ready());
    StopReport report = world.await(tree.stop("test"));
    assertThat(report.cause()).isEqualTo(StopReport.Cause.ASKED);
    assertThat(report.unkillable()).isEmpty();
    assertThat(ends)
        .containsExactly("c STOPPING", "c DOWN", "b STOPPING", "b DOWN", "a STOPPING", "a DOWN");
    assertThat(tree.snapshot().phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(world.hasLiveProcesses()).isFalse();
    assertRefused(Refusal.TREE_STOPPED, () -> world.await(tree.up(A)));
  }

  @Test
  void childThatEscalates_endsTheTree_andTheHostIsTold() {
    Supervisor tree =
        start(
            child("a", Behaviour.RUNS),
            child("b", Behaviour.EXITS_WITH_3)
                .withRestart(
                    QUICK
                        .withLimit(RestartIntensity.of(1, Duration.ofHours(1)))
                        .withGiveUp(GiveUp.escalate())));
    StopReport report = world.await(tree.stopped());
    assertThat(report.cause()).isEqualTo(StopReport.Cause.GAVE_UP);
    assertThat(report.reason()).contains("b").contains("exit code 3");
    assertThat(world.hasLiveProcesses()).isFalse();
  }

  @Test
  void stopDuringBackoff_startsNothingMore() {
    Supervisor tree =
        start(
            child("a", Behaviour.EXITS_WITH_3)
                .withRestart(
                    RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofHours(1)))));
    world.awaitUntil("back-off", () -> now(tree, A).phase() == Phase.BACKOFF);
    world.await(tree.stop("test"));
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
  }

  @Test
  void oneForAll_stopsInReverse_thenStartsInOrder() {
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite")
                .withStrategy(RestartStrategy.oneForAll())
                .addChild(child("a", Behaviour.RUNS).build())
                .addChild(child("b", Behaviour.RUNS).build())
                .addChild(child("c", Behaviour.RUNS).build())
                .build());
    List<String> seen = phases(tree, Phase.STOPPING, Phase.LAUNCHING);
    world.await(tree.ready());
    world.kill(B);
    world.awaitUntil("a second run of c", () -> isRun(tree, ChildId.of("c"), 2));
    world.awaitUntil("all is told", () -> seen.size() == 5);
    assertThat(seen)
        .containsExactly("c STOPPING", "a STOPPING", "a LAUNCHING", "b LAUNCHING", "c LAUNCHING");
    assertThat(now(tree, A).lastExit().orElseThrow().cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
  }

  @Test
  void restForOne_leavesTheEarlierOnesAlone() {
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite")
                .withStrategy(RestartStrategy.restForOne())
                .addChild(child("a", Behaviour.RUNS).build())
                .addChild(child("b", Behaviour.RUNS).build())
                .addChild(child("c", Behaviour.RUNS).build())
                .build());
    world.await(tree.ready());
    world.kill(B);
    world.awaitUntil("a second run of c", () -> isRun(tree, ChildId.of("c"), 2));
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
    assertThat(now(tree, B).counters().launches()).isEqualTo(2);
  }

  @Test
  void nestedSupervisor_givesUp_andIsStartedAgainByItsParent() {
    SupervisorSpec.Builder inner =
        SupervisorSpec.builder("inner")
            .withLimit(RestartIntensity.of(0, Duration.ofHours(1)))
            .withRestart(QUICK)
            .addChild(child("x", Behaviour.RUNS).build())
            .addChild(child("y", Behaviour.RUNS).build());
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite")
                .addChild(child("a", Behaviour.RUNS).build())
                .addChild(inner.build())
                .build());
    ChildId x = ChildId.of("inner/x");
    ChildId y = ChildId.of("inner/y");
    world.await(tree.ready());
    world.kill(x);
    world.awaitUntil("second runs", () -> isRun(tree, x, 2) && isRun(tree, y, 2));
    assertThat(now(tree, ChildId.of("inner")).lastExit().orElseThrow().status())
        .isInstanceOf(ExitStatus.GaveUp.class);
    assertThat(now(tree, A).counters().launches()).isEqualTo(1);
    world.await(tree.down(ChildId.of("inner")));
    assertThat(now(tree, y).phase()).isEqualTo(Phase.DOWN);
    assertRefused(Refusal.SUPERVISOR_DOWN, () -> world.await(tree.up(x)));
    world.await(tree.up(ChildId.of("inner")));
    assertThat(world.await(tree.up(x)).ready()).isTrue();
  }

  private boolean isRun(Supervisor tree, ChildId id, int launches) {
    ChildSnapshot child = now(tree, id);
    return child.counters().launches() == launches && child.ready();
  }

  /** The changes to these phases from the first restart on. */
  private static List<String> phases(Supervisor tree, Phase... phases) {
    List<String> seen = new CopyOnWriteArrayList<>();
    tree.subscribe(
        published -> {
          if (published.event() instanceof SupervisorEvent.GroupRestart) {
            seen.clear();
          } else if (published.event() instanceof SupervisorEvent.PhaseChanged changed
              && List.of(phases).contains(changed.to())) {
            seen.add(changed.child() + " " + changed.to());
          }
        });
    return seen;
  }

  @Test
  void manyChildren_comeAndGo() {
    ProcessSpec.Builder[] children = new ProcessSpec.Builder[50];
    for (int i = 0; i < children.length; i++) {
      children[i] = child("child-" + i, Behaviour.RUNS);
    }
    Supervisor tree = start(children);
    assertThat(world.await(tree.ready()).children()).hasSize(50);
    assertThat(world.await(tree.stop("test")).unkillable()).isEmpty();
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
