package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.core.SimulatedTree.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.OutputSpec;
import org.junit.jupiter.api.Test;

/** Rotation that somebody asks for: who is answered what. */
class RotationTest {
  private static final ChildId C = ChildId.of("c");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Rotated sink = new Rotated();
  private final List<SupervisorEvent> events = new ArrayList<>();

  /** Counts; its files cannot be renamed if it is told so. */
  private static final class Rotated implements RotatingSink {
    private final AtomicInteger rotations = new AtomicInteger();
    private final CountDownLatch mayRotate = new CountDownLatch(1);
    private volatile boolean broken;

    @Override
    public void accept(OutputSource source, ByteBuffer bytes) {}

    @Override
    public void rotate() throws IOException {
      try {
        mayRotate.await();
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
      if (broken) {
        throw new IOException("read-only");
      }
      rotations.incrementAndGet();
    }
  }

  private SimulatedTree tree(OutputSpec output) {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .start(child("c").withOutput(output));
    tree.handle().subscribe(published -> events.add(published.event()));
    tree.run(Duration.ofMillis(100));
    return tree;
  }

  private static <T> CompletionStage<T> done(SimulatedTree tree, CompletionStage<T> stage) {
    long begin = System.nanoTime();
    while (tree.isPending(stage)) {
      assertThat(System.nanoTime() - begin).as("answered").isLessThan(PATIENCE.toNanos());
      tree.run(Duration.ofMillis(1));
    }
    return stage;
  }

  @Test
  void rotation_isDoneOnce_answered_andTold() {
    SimulatedTree tree = tree(OutputSpec.to(sink));
    sink.mayRotate.countDown();
    long generation = tree.child(C).generation();
    CompletionStage<ChildSnapshot> asked =
        tree.handle().rotate(C, Request.of("jmx:admin", "backup").expecting(generation));
    assertThat(tree.value(done(tree, asked)).generation()).isEqualTo(generation);
    assertThat(sink.rotations).hasValue(1);
    assertThat(events).contains(new SupervisorEvent.LogRotated(C, "asked by jmx:admin: backup"));
  }

  @Test
  void engine_goesOn_whileAFileIsRenamed() {
    SimulatedTree tree = tree(OutputSpec.to(sink));
    CompletionStage<ChildSnapshot> asked = tree.settled(tree.handle().rotate(C));
    assertThat(tree.isPending(asked)).isTrue();
    assertThat(tree.value(tree.settled(tree.handle().down(C))).pid()).isEmpty();
    sink.mayRotate.countDown();
    assertThat(tree.value(done(tree, asked)).desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void fileThatCannotBeRenamed_isTold() {
    SimulatedTree tree = tree(OutputSpec.to(sink));
    sink.broken = true;
    sink.mayRotate.countDown();
    CompletionStage<ChildSnapshot> asked = done(tree, tree.handle().rotate(C));
    assertThat(tree.refusal(asked)).isEqualTo(Refusal.ROTATION_FAILED);
    assertThatThrownBy(() -> asked.toCompletableFuture().join()).hasMessageContaining("read-only");
    assertThat(events).noneMatch(SupervisorEvent.LogRotated.class::isInstance);
  }

  @Test
  void childWithoutALogDirectory_isRefused_withTheReason() {
    SimulatedTree tree = tree(OutputSpec.to((source, bytes) -> {}));
    CompletionStage<ChildSnapshot> asked = tree.settled(tree.handle().rotate(C));
    assertThat(tree.refusal(asked)).isEqualTo(Refusal.NO_LOG);
    assertThatThrownBy(() -> asked.toCompletableFuture().join())
        .hasMessageContaining("child 'c': has no log directory");
  }

  @Test
  void whatIsNotThere_orNotAsItWasSeen_isRefused() {
    SimulatedTree tree = tree(OutputSpec.to(sink));
    assertThat(tree.refusal(tree.settled(tree.handle().rotate(ChildId.of("x")))))
        .isEqualTo(Refusal.UNKNOWN_CHILD);
    Request old = Request.of("api", "backup").expecting(tree.child(C).generation() + 1);
    assertThat(tree.refusal(tree.settled(tree.handle().rotate(C, old)))).isEqualTo(Refusal.STALE);
    assertThat(tree.refusal(tree.settled(tree.handle().rotate(ChildId.ROOT))))
        .isEqualTo(Refusal.NO_LOG);
  }

  @Test
  void logThatNothingWasWrittenTo_hasNothingToRotate() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .start(OneChild.down("c").withOutput(OutputSpec.logged(Path.of("log/c"))));
    assertThat(tree.value(done(tree, tree.handle().rotate(C))).phase().isAlive()).isFalse();
  }

  @Test
  void treeThatEndsBefore_refuses() {
    SimulatedTree tree = tree(OutputSpec.to(sink));
    CompletionStage<ChildSnapshot> asked = tree.settled(tree.handle().rotate(C));
    tree.handle().stop("test");
    tree.runUntilOver(1000);
    assertThat(tree.refusal(asked)).isEqualTo(Refusal.TREE_STOPPED);
    sink.mayRotate.countDown();
  }
}
