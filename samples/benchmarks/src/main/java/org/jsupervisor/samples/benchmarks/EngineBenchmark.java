package org.jsupervisor.samples.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole engine, with published snapshots, events and timers, on the simulated platform: every
 * child lives for a simulated second and is started again, for ever.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EngineBenchmark {
  private static final int CHILDREN = 100;
  private static final int STEPS = 3;
  private static final Duration LIFE = Duration.ofSeconds(1);

  private SimulatedPlatform platform;
  private InvokedSupervisor tree;
  private long end;

  /** A tree whose children are all being started. */
  @Setup
  public void start() {
    platform = new SimulatedPlatform(0);
    platform.register("program", SimulatedProgram.runs().exits(1, LIFE));
    SupervisorSpec.Builder spec = SupervisorSpec.builder("bench");
    for (int i = 0; i < CHILDREN; i++) {
      spec.addChild(
          ProcessSpec.builder("c" + i, "program")
              .withReadiness(ReadinessSpec.atLaunch())
              .withRestart(RestartPolicy.otp(RestartType.PERMANENT))
              .build());
    }
    tree = SupervisorBuilder.of(spec.build(), platform).startInvoked();
  }

  /** One simulated second: each child ends, waits for no back-off, and is launched. */
  @Benchmark
  @OperationsPerInvocation(CHILDREN * STEPS)
  public long second() {
    end += LIFE.toNanos();
    while (platform.ticker().readNanos() < end) {
      int unused = tree.doWork(LIFE);
    }
    return platform.ticker().readNanos();
  }

  /** Ends the tree. */
  @TearDown
  public void stop() {
    tree.close();
  }
}
