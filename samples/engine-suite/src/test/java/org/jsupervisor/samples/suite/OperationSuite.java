package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** Of the engine's promises, what operations do, and when they are done. */
abstract class OperationSuite extends EngineSuite {
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
}
