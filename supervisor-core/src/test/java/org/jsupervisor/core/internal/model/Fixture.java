package org.jsupervisor.core.internal.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WorkerSpec;

/** One child under a tree, driven step by step without any platform. */
final class Fixture {
  static final ChildId CHILD = ChildId.of("c");
  static final Duration BACKOFF = Duration.ofSeconds(1);
  static final Duration GRACE = Duration.ofSeconds(10);

  TreeModel model;
  long nowNanos = Long.MAX_VALUE - 5_000_000_000L;
  final List<Effect> effects = new ArrayList<>();
  final List<SupervisorEvent> events = new ArrayList<>();

  private Fixture(SupervisorSpec spec) {
    take(TreeMachine.create(spec, TreeLimits.defaults(), new Moment(nowNanos, 0.5)));
  }

  /** A started tree with these children. */
  static Fixture started(WorkerSpec... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("t");
    List.of(children).forEach(spec::addChild);
    return started(spec.build());
  }

  static Fixture started(SupervisorSpec spec) {
    Fixture fixture = new Fixture(spec);
    fixture.step(new Input.StartTree());
    return fixture;
  }

  /** The child that the examples are about. */
  static ProcessSpec.Builder child() {
    return child("c");
  }

  static ProcessSpec.Builder child(String id) {
    return ProcessSpec.builder(id, "program")
        .withStop(StopSpec.of(Signal.TERM, GRACE))
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(BACKOFF)));
  }

  /** The child that the examples are about, as a task. */
  static TaskSpec.Builder task() {
    return TaskSpec.builder("c", context -> {})
        .withGrace(GRACE)
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(BACKOFF)));
  }

  Fixture step(Input input) {
    effects.clear();
    events.clear();
    take(TreeMachine.step(model, input, new Moment(nowNanos, 0.5)));
    return this;
  }

  private void take(Step step) {
    model = step.model();
    effects.addAll(step.effects());
    events.addAll(step.events());
  }

  Fixture pass(Duration time) {
    nowNanos += time.toNanos();
    return this;
  }

  ChildModel now() {
    return now(CHILD);
  }

  ChildModel now(ChildId id) {
    return model.child(id).orElseThrow();
  }

  Fixture launched() {
    return launched(CHILD);
  }

  Fixture launched(ChildId id) {
    Incarnation run = now(id).incarnation();
    return step(
        now(id).spec().kind() == ChildSpec.Kind.TASK
            ? new Input.TaskStarted(run)
            : new Input.Launched(run, new Pid(42)));
  }

  Fixture launchFails() {
    return step(
        new Input.LaunchFailed(
            now().incarnation(), new LaunchFailure(LaunchFault.CHILD, "ENOENT", "program", "no")));
  }

  Fixture exits(int code) {
    return exits(CHILD, code);
  }

  Fixture exits(ChildId id, int code) {
    return step(new Input.Exited(now(id).incarnation(), new ExitStatus.Exited(code)));
  }

  Fixture ends(ExitStatus status) {
    return step(new Input.Exited(now().incarnation(), status));
  }

  /** The deadline that the child waits for comes. */
  Fixture due() {
    long deadline = now().deadlineNanos().orElseThrow();
    nowNanos = deadline;
    return step(new Input.Deadline(CHILD, deadline));
  }

  Fixture up() {
    return step(new Input.Up(CHILD, "test"));
  }

  Fixture down() {
    return step(new Input.Down(CHILD, "test"));
  }

  Fixture restart() {
    return step(new Input.Restart(CHILD, "test"));
  }

  Incarnation run(long number) {
    return new Incarnation(CHILD, number);
  }
}
