package org.jsupervisor.samples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.spec.ProcessSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to ask for the facts of all children of a big host, for each of them. Needs Linux.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FactsBenchmark {
  private static final int CHILDREN = 1_000;

  /** How much is asked for. */
  @Param({"CHEAP", "FULL"})
  public ProcessFacts.Depth depth;

  private final List<Incarnation> runs = new ArrayList<>();
  private PosixPlatform platform;

  /** Starts the children. */
  @Setup(Level.Trial)
  public void start() {
    platform = PosixPlatform.open();
    var spec = ProcessSpec.builder("child", "sleep", "600").build();
    for (int i = 1; i <= CHILDREN; i++) {
      var run = new Incarnation(ChildId.of("child"), i);
      runs.add(run);
      platform.launch(new LaunchRequest(run, spec, new OutputTarget.Null()));
    }
    int[] launched = new int[1];
    while (launched[0] < CHILDREN) {
      platform.poll(
          TimeUnit.SECONDS.toNanos(10),
          report -> launched[0] += report instanceof PlatformReport.Launched ? 1 : 0);
    }
  }

  /** Ends them. */
  @TearDown(Level.Trial)
  public void end() {
    platform.close();
  }

  /** All resident memory. */
  @Benchmark
  @OperationsPerInvocation(CHILDREN)
  public long facts() {
    long bytes = 0;
    for (Incarnation run : runs) {
      bytes += platform.facts(run, depth).orElseThrow().residentBytes();
    }
    return bytes;
  }
}
