package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.strategy.RestartStrategy;

/**
 * A tree in an {@link ObedientWorld}, which writes down what is done to the workers: {@code start
 * a}, {@code stop a}, {@code kill a}, {@code end a}, {@code fail a}; {@code interrupt a} to a task.
 *
 * <p>The ready-made specs restart as Erlang/OTP does: without a delay and without a limit of each
 * child.
 */
final class Driver {
  static final Duration GRACE = Duration.ofSeconds(5);

  TreeModel model;
  long nowNanos = Long.MAX_VALUE - 5_000_000_000L;
  final List<SupervisorEvent> events = new ArrayList<>();

  private final ObedientWorld world = new ObedientWorld();

  private Driver(SupervisorSpec spec, TreeLimits limits) {
    take(TreeMachine.create(spec, limits, moment()));
  }

  static Driver of(SupervisorSpec spec) {
    return of(spec, TreeLimits.defaults());
  }

  static Driver of(SupervisorSpec spec, TreeLimits limits) {
    return new Driver(spec, limits);
  }

  /** A started tree; its trace is empty. */
  static Driver started(SupervisorSpec spec) {
    Driver driver = of(spec).step(new Input.StartTree());
    List<String> unused = driver.trace();
    return driver;
  }

  // Specs.

  static StandardRestartPolicy otp(StandardRestartPolicy policy) {
    return policy
        .withBackoff(Backoff.none())
        .withLimit(RestartLimit.none())
        .withStartAttempts(StandardRestartPolicy.START_ATTEMPTS_MAX);
  }

  static ProcessSpec permanent(String id) {
    return worker(id, RestartPolicy.permanent()).build();
  }

  static ProcessSpec transientOne(String id) {
    return worker(id, RestartPolicy.transientPolicy()).build();
  }

  static ProcessSpec temporary(String id) {
    return worker(id, RestartPolicy.temporary()).build();
  }

  static ProcessSpec.Builder worker(String id, StandardRestartPolicy policy) {
    return ProcessSpec.builder(id, "program")
        .withReadiness(ReadinessSpec.atLaunch())
        .withStop(StopSpec.of(Signal.TERM, GRACE))
        .withRestart(otp(policy));
  }

  /** It does nothing: the driver says what becomes of it. */
  static TaskSpec.Builder task(String id, StandardRestartPolicy policy) {
    return TaskSpec.builder(id, context -> {})
        .withReadiness(ReadinessSpec.atLaunch())
        .withGrace(GRACE)
        .withRestart(otp(policy));
  }

  static SupervisorSpec.Builder supervisor(
      String name, RestartStrategy strategy, ChildSpec... children) {
    SupervisorSpec.Builder spec =
        SupervisorSpec.builder(name)
            .withStrategy(strategy)
            .withLimit(RestartIntensity.of(10, Duration.ofSeconds(10)))
            .withRestart(otp(RestartPolicy.permanent()));
    List.of(children).forEach(spec::addChild);
    return spec;
  }

  static SupervisorSpec oneForOne(ChildSpec... children) {
    return supervisor("t", RestartStrategy.oneForOne(), children).build();
  }

  static SupervisorSpec oneForAll(ChildSpec... children) {
    return supervisor("t", RestartStrategy.oneForAll(), children).build();
  }

  static SupervisorSpec restForOne(ChildSpec... children) {
    return supervisor("t", RestartStrategy.restForOne(), children).build();
  }

  // What the world does otherwise.

  /** Its launches come out when the test says so. */
  Driver slowToLaunch(String id) {
    world.slowToLaunch(ChildId.of(id));
    return this;
  }

  /** The next launches fail. */
  Driver denyLaunches(String id, int times) {
    world.denyLaunches(ChildId.of(id), times);
    return this;
  }

  /** It hears nothing but KILL. */
  Driver deaf(String id) {
    world.deaf(ChildId.of(id));
    return this;
  }

  /** Not even that. */
  Driver immortal(String id) {
    world.immortal(ChildId.of(id));
    return this;
  }

  // What happens.

  Driver launchComes(String id) {
    world.launchComes(ChildId.of(id));
    return settle();
  }

  Driver launchFails(String id) {
    world.launchFails(ChildId.of(id));
    return settle();
  }

  /** It ends by itself, and everything that follows at once follows. */
  Driver exits(String id, int code) {
    return alsoExits(id, code).settle();
  }

  /** It ends at the same instant as what is said next. */
  Driver alsoExits(String id, int code) {
    return alsoEnds(id, new ExitStatus.Exited(code));
  }

  Driver alsoEnds(String id, ExitStatus status) {
    world.ends(ChildId.of(id), status);
    return this;
  }

  Driver up(String id) {
    return step(new Input.Up(ChildId.of(id), "test"));
  }

  Driver once(String id) {
    return step(new Input.Once(ChildId.of(id), "test"));
  }

  Driver down(String id) {
    return step(new Input.Down(ChildId.of(id), "test"));
  }

  Driver restart(String id) {
    return step(new Input.Restart(ChildId.of(id), "test"));
  }

  Driver remove(String id) {
    return step(new Input.Remove(ChildId.of(id), "removed"));
  }

  Driver define(ChildSpec spec) {
    return step(new Input.Define(spec, "spec changed"));
  }

  Driver stopTree() {
    return step(new Input.StopTree(StopReport.Cause.ASKED, "test"));
  }

  /** At the same instant as what comes next: nothing that follows from it has happened yet. */
  Driver nextAlso(Input input) {
    stepOnly(input);
    return this;
  }

  Driver step(Input input) {
    stepOnly(input);
    return settle();
  }

  /** Time passes, from deadline to deadline. */
  Driver pass(Duration time) {
    long end = nowNanos + time.toNanos();
    for (ChildId next = world.nextDue(end); next != null; next = world.nextDue(end)) {
      Input.Deadline deadline = world.due(next);
      long due = deadline.deadlineNanos();
      nowNanos = due - nowNanos > 0 ? due : nowNanos;
      step(deadline);
    }
    nowNanos = end;
    return settle();
  }

  /** Everything that is under way happens, and all that is due now. */
  Driver settle() {
    for (int stepsMax = 10_000; ; stepsMax--) {
      assertThat(stepsMax).as("steps left; it spins: %s", world).isPositive();
      Input next = world.next(nowNanos);
      if (next == null) {
        return this;
      }
      stepOnly(next);
    }
  }

  private void stepOnly(Input input) {
    world.told(input);
    take(TreeMachine.step(model, input, moment()));
  }

  private void take(Step step) {
    model = step.model();
    events.addAll(step.events());
    step.effects().forEach(world::obey);
  }

  private Moment moment() {
    return new Moment(nowNanos, 0.5);
  }

  // What is seen.

  /** What was done since it was asked last. */
  List<String> trace() {
    return world.takeTrace();
  }

  /** The starts and stops alone, one line. */
  String orders() {
    return String.join(", ", trace().stream().filter(line -> !line.startsWith("end ")).toList());
  }

  ChildModel now(String id) {
    return model.child(ChildId.of(id)).orElseThrow();
  }

  Phase phase(String id) {
    return now(id).phase();
  }

  boolean knows(String id) {
    return model.child(ChildId.of(id)).isPresent();
  }

  /** How often its supervisor has counted a restart that it still remembers. */
  int counted(ChildId lead) {
    return model
        .child(lead)
        .orElseThrow()
        .team()
        .history()
        .restartsWithin(Duration.ofDays(1).toNanos(), nowNanos);
  }

  int counted() {
    return counted(ChildId.ROOT);
  }

  boolean isOver() {
    return model.phase() == TreePhase.STOPPED;
  }

  StopReport.Cause cause() {
    return model.ending().cause();
  }
}
