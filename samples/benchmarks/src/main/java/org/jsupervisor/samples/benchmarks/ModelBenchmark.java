package org.jsupervisor.samples.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.Moment;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps of the pure model: one child after the other ends, waits for no back-off, is launched and
 * is there again. Three steps for each, and the state is the same as before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ModelBenchmark {
  private static final int STEPS = 3;
  private static final Pid PID = new Pid(42);

  /** How many children the tree has. */
  @Param({"1", "100", "10000"})
  public int children;

  private TreeModel model;
  private ChildId[] ids;
  private long now;
  private int next;

  /** A tree whose children all run. */
  @Setup
  public void start() {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("bench");
    ids = new ChildId[children];
    for (int i = 0; i < children; i++) {
      ids[i] = ChildId.of("c" + i);
      spec.addChild(
          ProcessSpec.builder("c" + i, "program")
              .withReadiness(ReadinessSpec.atLaunch())
              .withRestart(RestartPolicy.otp(RestartType.PERMANENT))
              .build());
    }
    model = TreeMachine.create(spec.build(), TreeLimits.defaults(), moment()).model();
    step(new Input.StartTree());
    for (ChildId id : ids) {
      step(new Input.Launched(child(id).incarnation(), PID));
    }
  }

  /** One child ends, and is there again. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public TreeModel restart() {
    ChildId id = ids[next];
    next = (next + 1) % ids.length;
    now += 1_000_000;
    step(new Input.Exited(child(id).incarnation(), new ExitStatus.Exited(1)));
    step(new Input.Deadline(id, child(id).deadlineNanos().orElseThrow()));
    step(new Input.Launched(child(id).incarnation(), PID));
    return model;
  }

  private ChildModel child(ChildId id) {
    return model.child(id).orElseThrow();
  }

  private void step(Input input) {
    model = TreeMachine.step(model, input, moment()).model();
  }

  private Moment moment() {
    return new Moment(now, 0.5);
  }
}
