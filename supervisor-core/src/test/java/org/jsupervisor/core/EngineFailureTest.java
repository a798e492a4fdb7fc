package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** An engine that fails is never half-alive: it is told, everybody is answered, nothing stays. */
class EngineFailureTest {
  private static final ChildId C = ChildId.of("c");

  /** Fails at the first launch. */
  private static final class Broken extends FakePlatform {
    private final boolean failsToClose;

    Broken(boolean failsToClose) {
      this.failsToClose = failsToClose;
    }

    @Override
    public void launch(LaunchRequest request) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void close() {
      super.close();
      if (failsToClose) {
        throw new IllegalStateException("broken, too");
      }
    }
  }

  private static SupervisorSpec spec() {
    return SupervisorSpec.builder("t")
        .addChild(SimulatedTree.child("c").withInitially(Desire.DOWN).build())
        .build();
  }

  @Test
  void ownThreads_launchThrows_isTold_andEverybodyIsAnswered() throws Exception {
    Broken platform = new Broken(false);
    Supervisor tree = SupervisorBuilder.of(spec(), platform).start();
    assertFails(tree);
    assertThat(platform.closed).isPositive();
  }

  @Test
  void ownThreads_theCloseThrowsToo_isToldAllTheSame() throws Exception {
    assertFails(SupervisorBuilder.of(spec(), new Broken(true)).start());
  }

  private static void assertFails(Supervisor tree) throws Exception {
    CompletionStage<ChildSnapshot> up = tree.up(C);
    StopReport report = tree.stopped().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(report.cause()).isEqualTo(StopReport.Cause.ENGINE_FAILED);
    assertThat(report.reason()).contains("broken");
    assertThat(report.unkillable()).as("nobody knows").isEmpty();
    assertThat(tree.snapshot().phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(tree.child(C).orElseThrow().phase()).isEqualTo(Phase.DOWN);
    assertThat(tree.child(C).orElseThrow().reason()).contains("broken");
    assertThat(tree.child(C).orElseThrow().since())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    assertThat(refusal(up)).isEqualTo(Refusal.TREE_STOPPED);
    assertThat(refusal(tree.down(C))).isEqualTo(Refusal.TREE_STOPPED);
    tree.close();
  }

  @Test
  void invoked_launchThrows_comesThrough_andEndsTheTree() {
    Broken platform = new Broken(false);
    InvokedSupervisor tree = SupervisorBuilder.of(spec(), platform).startInvoked();
    CompletionStage<ChildSnapshot> up = tree.supervisor().up(C);
    assertThatIllegalStateException()
        .isThrownBy(() -> tree.doWork(Duration.ZERO))
        .withMessage("broken");
    assertThat(tree.isOver()).isTrue();
    assertThat(tree.supervisor().stopped().toCompletableFuture().join().cause())
        .isEqualTo(StopReport.Cause.ENGINE_FAILED);
    assertThat(refusal(up)).isEqualTo(Refusal.TREE_STOPPED);
    assertThat(platform.closed).isEqualTo(1);
    assertThat(tree.doWork(Duration.ZERO)).isZero();
    tree.close();
  }

  @Test
  void invoked_launchThrowsAtTheStart_closesThePlatform() {
    Broken platform = new Broken(false);
    SupervisorSpec spec =
        SupervisorSpec.builder("t").addChild(SimulatedTree.child("c").build()).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> SupervisorBuilder.of(spec, platform).startInvoked());
    assertThat(platform.closed).isEqualTo(1);
  }

  @Test
  void stopSignalThatThePlatformLacks_refusesTheStart_andClosesThePlatform() {
    FakePlatform platform =
        new FakePlatform() {
          @Override
          public boolean supports(Signal signal) {
            return !signal.name().equals("EMT");
          }
        };
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .addChild(
                SimulatedTree.child("c")
                    .withStop(StopSpec.of(new Signal("EMT"), Duration.ofSeconds(1)))
                    .build())
            .build();
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> SupervisorBuilder.of(spec, platform).start())
        .withMessage("child 'c': stop: must be a signal of this platform, was 'EMT'");
    assertThat(platform.closed).isEqualTo(1);
  }

  @Test
  void startThatCannotEvenBeBegun_closesThePlatform() {
    FakePlatform platform = new FakePlatform();
    SupervisorBuilder builder =
        SupervisorBuilder.of(spec(), platform)
            .withWallClock(
                () -> {
                  throw new IllegalStateException("no clock");
                });
    assertThatIllegalStateException().isThrownBy(builder::start).withMessage("no clock");
    assertThat(platform.closed).isEqualTo(1);
  }

  private static Refusal refusal(CompletionStage<?> stage) {
    CompletableFuture<?> future = stage.toCompletableFuture();
    assertThat(future).failsWithin(Duration.ofSeconds(10));
    try {
      Object value = future.join();
      throw new AssertionError("was not refused: " + value);
    } catch (CompletionException refused) {
      return ((OperationRefusedException) refused.getCause()).refusal();
    }
  }
}
