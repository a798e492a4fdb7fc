package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** What an embedder's own code, or a slip of his, must not do to the tree. */
class GuardsTest {
  private static final ChildId A = ChildId.of("a");
  private static final OutputSink SINK = (source, bytes) -> bytes.position(bytes.limit());

  private final SimulatedPlatform platform =
      new SimulatedPlatform(0)
          .register("runs", SimulatedProgram.runs())
          .register("slow", SimulatedProgram.runs().launchTaking(Duration.ofSeconds(5)))
          .register("fails", SimulatedProgram.runs().exits(1, Duration.ofSeconds(1)));

  private InvokedSupervisor start(ProcessSpec... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("t");
    for (ProcessSpec child : children) {
      spec.addChild(child);
    }
    return SupervisorBuilder.of(spec.build(), platform).startInvoked();
  }

  private static void work(InvokedSupervisor tree) {
    for (int i = 0; i < 50; i++) {
      int unused = tree.doWork(Duration.ofSeconds(1));
    }
  }

  private static ChildSnapshot now(InvokedSupervisor tree) {
    return tree.supervisor().child(A).orElseThrow();
  }

  /** An exception that cannot even say what it is. */
  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("mute");
    }
  }

  /** A policy that fails in every way. */
  private static final class Hostile implements RestartPolicy {
    @Override
    public RestartDecision decide(RestartQuestion question) {
      throw new Mute();
    }

    @Override
    public boolean equals(Object other) {
      throw new Mute();
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void policyWhoseExceptionCannotBeTold_isAnAnswer() {
    try (InvokedSupervisor tree =
        start(ProcessSpec.builder("a", "fails").withRestart(new Hostile()).build())) {
      work(tree);
      assertThat(now(tree).phase()).isEqualTo(Phase.FAILED);
      assertThat(now(tree).reason()).contains(Mute.class.getName());
    }
  }

  @Test
  void policyWhoseEqualsThrows_makesItsSpecAnotherOne() {
    ProcessSpec spec = ProcessSpec.builder("a", "runs").withRestart(new Hostile()).build();
    ProcessSpec again = ProcessSpec.builder("a", "runs").withRestart(new Hostile()).build();
    try (InvokedSupervisor tree = start(spec)) {
      work(tree);
      CompletableFuture<ChildSnapshot> defined =
          tree.supervisor().define(again).toCompletableFuture();
      work(tree);
      assertThat(defined).isCompleted();
      assertThat(now(tree).counters().launches()).isEqualTo(2);
    }
  }

  @Test
  void sinkOfAnotherChild_isRefused() {
    try (InvokedSupervisor tree =
        start(ProcessSpec.builder("a", "runs").withOutput(OutputSpec.to(SINK)).build())) {
      CompletableFuture<ChildSnapshot> defined =
          tree.supervisor()
              .define(ProcessSpec.builder("b", "runs").withOutput(OutputSpec.to(SINK)).build())
              .toCompletableFuture();
      work(tree);
      assertThatThrownBy(defined::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              OperationRefusedException.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.INVALID_SPEC));
    }
  }

  @Test
  void anotherSpecDuringALaunch_stopsTheOldRunByItsOwnLadder() {
    ProcessSpec.Builder slow = ProcessSpec.builder("a", "slow");
    ProcessSpec old = slow.withStop(StopSpec.of(Signal.INT, Duration.ofSeconds(9))).build();
    ProcessSpec other = slow.withStop(StopSpec.of(Signal.QUIT, Duration.ofSeconds(9))).build();
    try (InvokedSupervisor tree = start(old)) {
      CompletableFuture<ChildSnapshot> defined =
          tree.supervisor().define(other).toCompletableFuture();
      work(tree);
      assertThat(defined).isCompleted();
      assertThat(platform.trace()).anyMatch(line -> line.endsWith("signal a#1 INT"));
      assertThat(platform.trace()).noneMatch(line -> line.endsWith("signal a#1 QUIT"));
    }
  }

  @Test
  void builder_startsOneTreeOnly() {
    SupervisorBuilder builder = SupervisorBuilder.of(SupervisorSpec.builder("t").build(), platform);
    try (InvokedSupervisor tree = builder.startInvoked()) {
      assertThat(tree.isOver()).isFalse();
      assertThatThrownBy(builder::startInvoked).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void define_ofATreeThatWouldBeTooDeep_isRefused_andTheEngineLives() {
    InvokedSupervisor tree = start(ProcessSpec.builder("a", "runs").build());
    SupervisorSpec deep = SupervisorSpec.builder("s").build();
    for (int depth = 1; depth < ChildId.DEPTH_MAX; depth++) {
      deep = SupervisorSpec.builder("s").addChild(deep).build();
    }
    CompletableFuture<ChildSnapshot> deepest = tree.supervisor().define(deep).toCompletableFuture();
    work(tree);
    assertThat(deepest.join().id()).isEqualTo(ChildId.of("s"));
    SupervisorSpec tooDeep = SupervisorSpec.builder("s").addChild(deep).build();
    CompletableFuture<ChildSnapshot> refused =
        tree.supervisor().define(tooDeep).toCompletableFuture();
    work(tree);
    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("17 names deep, at most 16");
    assertThat(now(tree).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void outputOfAnotherChild_isRefusedAlsoBelowASupervisor() {
    ProcessSpec child = ProcessSpec.builder("b", "runs").withOutput(OutputSpec.to(SINK)).build();
    SupervisorSpec below = SupervisorSpec.builder("s").addChild(child).build();
    InvokedSupervisor tree =
        start(ProcessSpec.builder("a", "runs").withOutput(OutputSpec.to(SINK)).build());
    CompletableFuture<ChildSnapshot> defined =
        tree.supervisor().define(below).toCompletableFuture();
    work(tree);
    assertThatThrownBy(defined::join)
        .hasCauseInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("an output below it must not be that of a");
  }

  @Test
  void policyWhoseTypeThrows_isNoSpecOfASignificantChild_andTheEngineLives() {
    RestartPolicy typeless =
        new RestartPolicy() {
          @Override
          public RestartDecision decide(RestartQuestion question) {
            throw new Mute();
          }

          @Override
          public RestartType type() {
            throw new Mute();
          }
        };
    InvokedSupervisor tree = start(ProcessSpec.builder("a", "runs").build());
    ProcessSpec significant =
        ProcessSpec.builder("b", "runs")
            .withRestart(typeless)
            .withSignificance(Significance.SIGNIFICANT)
            .build();
    CompletableFuture<ChildSnapshot> defined =
        tree.supervisor().define(significant).toCompletableFuture();
    work(tree);
    assertThatThrownBy(defined::join)
        .hasCauseInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("its restart policy threw");
    assertThat(now(tree).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  @SuppressWarnings("NullAway")
  void listenerThatIsNull_isRefusedAtOnce_notAtEachEvent() {
    SupervisorBuilder builder = SupervisorBuilder.of(SupervisorSpec.builder("t").build(), platform);
    assertThatThrownBy(() -> builder.addListener(null)).hasMessage("a listener must be given");
    assertThatThrownBy(() -> builder.onGiveUp(null)).hasMessage("a listener must be given");
    InvokedSupervisor tree = start(ProcessSpec.builder("a", "runs").build());
    assertThatThrownBy(() -> tree.supervisor().subscribe(null))
        .hasMessage("a listener must be given");
    assertThat(tree.supervisor().engine().orElseThrow().events().failures()).isZero();
  }
}
