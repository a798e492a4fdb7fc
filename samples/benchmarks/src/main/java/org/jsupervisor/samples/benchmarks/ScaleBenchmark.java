package org.jsupervisor.samples.benchmarks;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.StopReport;
import org.jsupervisor.core.internal.model.Effect;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.Moment;
import org.jsupervisor.core.internal.model.Step;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Definition, start and stop of many children, one after the other, in the pure model (rule R77:
 * the time must grow as the number of children does, not as its square).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(1)
public class ScaleBenchmark {
  /** How many children the tree has. */
  @Param({"1000", "10000", "100000"})
  public int children;

  private final Queue<Input> reports = new ArrayDeque<>();
  private TreeModel model;

  /** The whole life of a tree; its phase at the end. */
  @Benchmark
  public TreePhase life() {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("bench");
    for (int i = 0; i < children; i++) {
      spec.addChild(
          ProcessSpec.builder("c" + i, "program").withReadiness(ReadinessSpec.atLaunch()).build());
    }
    Step first = TreeMachine.create(spec.build(), TreeLimits.defaults(), new Moment(0, 0.5));
    model = first.model();
    step(new Input.StartTree());
    step(new Input.StopTree(StopReport.Cause.ASKED, "enough"));
    if (model.phase() != TreePhase.STOPPED) {
      throw new IllegalStateException("the tree is " + model.phase() + ", not stopped");
    }
    return model.phase();
  }

  private void step(Input input) {
    reports.add(input);
    for (Input next = reports.poll(); next != null; next = reports.poll()) {
      Step step = TreeMachine.step(model, next, new Moment(0, 0.5));
      model = step.model();
      step.effects().forEach(this::obey);
    }
  }

  private void obey(Effect effect) {
    if (effect instanceof Effect.Launch launch) {
      reports.add(new Input.Launched(launch.incarnation(), new Pid(42)));
    } else if (effect instanceof Effect.Stop stop) {
      reports.add(
          new Input.Exited(stop.incarnation(), new ExitStatus.Signalled(Signal.TERM, false)));
    }
  }
}
