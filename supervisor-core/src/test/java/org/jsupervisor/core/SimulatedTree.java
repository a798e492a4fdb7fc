package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.GiveUpListener;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** A tree on the simulated platform, driven in virtual time by the test itself. */
final class SimulatedTree {
  final SupervisorSpec.Builder supervisor = SupervisorSpec.builder("t");
  final Wall wallClock = new Wall();
  InvokedSupervisor invoked;

  GiveUpListener giveUpListener = explanation -> {};

  private final SimulatedPlatform platform;
  private final long originNanos;
  private EngineOptions options = EngineOptions.defaults();

  /** A wall clock that is set by hand. */
  static final class Wall implements InstantSource {
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void plusDays(long days) {
      now = now.plus(Duration.ofDays(days));
    }
  }

  SimulatedTree() {
    this(1_000);
  }

  SimulatedTree(long originNanos) {
    this.originNanos = originNanos;
    this.platform = new SimulatedPlatform(originNanos);
  }

  /** Permanent, TERM with 10 s of grace; its program has its own name. */
  static ProcessSpec.Builder child(String id) {
    return ProcessSpec.builder(id, id)
        .withRestart(RestartPolicy.permanent())
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(10)));
  }

  static OutputSink sink(List<String> written) {
    return new OutputSink() {
      @Override
      public void accept(OutputSource source, ByteBuffer bytes) {
        written.add(source.incarnation() + " " + StandardCharsets.UTF_8.decode(bytes));
      }
    };
  }

  SimulatedTree options(EngineOptions replacement) {
    options = replacement;
    return this;
  }

  SimulatedTree program(String name, SimulatedProgram program) {
    return program(name, run -> program);
  }

  SimulatedTree program(String name, LongFunction<SimulatedProgram> program) {
    platform.register(name, program);
    return this;
  }

  SimulatedTree start(ProcessSpec.Builder... children) {
    List.of(children).forEach(child -> supervisor.addChild(child.build()));
    invoked =
        SupervisorBuilder.of(supervisor.build(), platform)
            .onGiveUp(explanation -> giveUpListener.onGiveUp(explanation))
            .withOptions(options)
            .withRandom(new Random(42))
            .withWallClock(wallClock)
            .startInvoked();
    return this;
  }

  Supervisor handle() {
    return invoked.supervisor();
  }

  SimulatedPlatform platform() {
    return platform;
  }

  ChildSnapshot child(ChildId id) {
    return handle().child(id).orElseThrow();
  }

  Duration elapsed() {
    return Duration.ofNanos(platform.ticker().readNanos() - originNanos);
  }

  /** Drives the tree for so long; fails if it spins. */
  void run(Duration time) {
    Duration end = elapsed().plus(time);
    int cyclesMax = 100_000;
    while (elapsed().compareTo(end) < 0 && !invoked.isOver()) {
      invoked.doWork(end.minus(elapsed()));
      assertThat(cyclesMax--).as("cycles left").isPositive();
    }
    if (!invoked.isOver()) {
      invoked.doWork(Duration.ZERO);
    }
  }

  /** Drives the tree to its end; returns in how many cycles. */
  int runUntilOver(int cyclesMax) {
    int cycles = 0;
    while (!invoked.isOver()) {
      assertThat(cycles++).as("cycles").isLessThan(cyclesMax);
      invoked.doWork(Duration.ofHours(1));
    }
    return cycles;
  }

  /** Lets the engine take the operation up, without much time passing. */
  <T> CompletionStage<T> settled(CompletionStage<T> stage) {
    run(Duration.ofMillis(200));
    return stage;
  }

  boolean isPending(CompletionStage<?> stage) {
    return !stage.toCompletableFuture().isDone();
  }

  <T> T value(CompletionStage<T> stage) {
    assertThat(isPending(stage)).as("pending").isFalse();
    return stage.toCompletableFuture().join();
  }

  Refusal refusal(CompletionStage<?> stage) {
    assertThat(isPending(stage)).as("pending").isFalse();
    try {
      Object value = stage.toCompletableFuture().join();
      throw new AssertionError("was not refused: " + value);
    } catch (CompletionException refused) {
      return ((OperationRefusedException) refused.getCause()).refusal();
    }
  }

  /** The runs that were launched, in order. */
  List<String> launches() {
    return platform.trace().stream()
        .filter(line -> line.contains(" launch "))
        .map(line -> line.replaceAll(".* launch ", ""))
        .toList();
  }
}
