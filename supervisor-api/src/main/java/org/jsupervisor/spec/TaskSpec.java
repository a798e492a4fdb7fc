package org.jsupervisor.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;

/**
 * A child that is code in this JVM, on a thread of its own.
 *
 * <pre>{@code
 * TaskSpec poller =
 *     TaskSpec.builder("poller", context -> poll(queue))
 *         .withRestart(RestartPolicy.permanent())
 *         .build();
 * }</pre>
 *
 * <p>A task has no signals and cannot be killed. Its stop is an interrupt, a grace, another
 * interrupt; then it is reported as unkillable, its siblings go on, and it is not started again
 * before it has ended after all.
 *
 * <p>Specs are equal if their parts are; two lambdas are not, so define a task again with the same
 * body object, unless it is meant to be restarted.
 *
 * @param id its address in the tree
 * @param body what it does
 * @param initially what is wanted of it when it is first defined
 * @param readiness when it counts as ready; a task has no descriptors, so that of {@link
 *     ReadinessSpec.Notified} means nothing: {@link TaskContext#ready} says it
 * @param restart what its exits lead to
 * @param grace how long it has to end after the interrupt, positive
 * @param significance whether its end can be the end of its supervisor
 * @param dependencies the siblings that must be there before it is started
 */
public record TaskSpec(
    ChildId id,
    TaskBody body,
    Desire initially,
    ReadinessSpec readiness,
    RestartPolicy restart,
    Duration grace,
    Significance significance,
    List<Dependency> dependencies)
    implements WorkerSpec {
  private static final int ANY_DESCRIPTOR = 3;

  /**
   * Refuses the root, which is a supervisor, and a grace that is not positive.
   *
   * @throws InvalidSpecException with all problems
   */
  public TaskSpec {
    Objects.requireNonNull(body, "a task must have a body");
    Problems problems = new Problems();
    if (id.isRoot()) {
      problems.add("id", id.toString(), "must not be the root supervisor");
    }
    problems.requirePositive("stop: grace", grace);
    problems.requireCompletion("child '" + id + "'", readiness, restart);
    problems.requireReadinessOfTask("child '" + id + "': readiness", readiness);
    problems.throwIfAny();
    dependencies = List.copyOf(dependencies);
  }

  @Override
  public Kind kind() {
    return Kind.TASK;
  }

  @Override
  public TaskSpec at(ChildId address) {
    return new TaskSpec(
        address, body, initially, readiness, restart, grace, significance, dependencies);
  }

  /** All but the body, which is code of others and may hold anything. */
  @Override
  public String toString() {
    return "TaskSpec[id="
        + id
        + ", initially="
        + initially
        + ", readiness="
        + readiness
        + ", restart="
        + restart
        + ", grace="
        + grace
        + ", significance="
        + significance
        + ", dependencies="
        + dependencies
        + "]";
  }

  /** A builder for what is mandatory: the name, and what is done. */
  public static Builder builder(String id, TaskBody body) {
    return new Builder(id, body);
  }

  /**
   * Collects the parts; nothing is checked before {@link #build}, which tells all problems at once.
   * Not thread-safe; may be built from several times.
   */
  public static final class Builder {
    private final String id;
    private final TaskBody body;
    private Desire initially = Desire.UP;
    private ReadinessSpec readiness = ReadinessSpec.aliveFor(Duration.ofSeconds(1));
    private RestartPolicy restart = RestartPolicy.transientPolicy();
    private Duration grace = Duration.ofSeconds(10);
    private Significance significance = Significance.ORDINARY;
    private final List<Dependency> dependencies = new ArrayList<>();

    private Builder(String id, TaskBody body) {
      this.id = id;
      this.body = body;
    }

    /** Replaces what is wanted at first (default: up). */
    public Builder withInitially(Desire replacement) {
      initially = Objects.requireNonNull(replacement, "initially must be given");
      return this;
    }

    /** Replaces when it counts as ready (default: alive for one second). */
    public Builder withReadiness(ReadinessSpec replacement) {
      readiness = Objects.requireNonNull(replacement, "readiness must be given");
      return this;
    }

    /**
     * Ready when its body calls {@link TaskContext#ready}, within this time; else it is stopped and
     * the start counts as failed. Replaces the readiness.
     *
     * @throws InvalidSpecException if the time is not positive
     */
    public Builder withReadyWithin(Duration time) {
      return withReadiness(new ReadinessSpec.Notified(ANY_DESCRIPTOR, time));
    }

    /** Replaces what its exits lead to (default: {@link RestartPolicy#transientPolicy}). */
    public Builder withRestart(RestartPolicy replacement) {
      restart = Objects.requireNonNull(replacement, "restart must be given");
      return this;
    }

    /** Replaces how long it has to end after the interrupt (default: 10 s). */
    public Builder withGrace(Duration replacement) {
      grace = Objects.requireNonNull(replacement, "grace must be given");
      return this;
    }

    /** Replaces whether its end can be the end of its supervisor (default: it cannot). */
    public Builder withSignificance(Significance replacement) {
      significance = Objects.requireNonNull(replacement, "significance must be given");
      return this;
    }

    /**
     * Adds a sibling that must be there before it is started; when it is lost, this one goes on.
     */
    public Builder addDependency(String on) {
      return addDependency(on, WhenLost.GOES_ON);
    }

    /** Adds a sibling that must be there before it is started. */
    public Builder addDependency(String on, WhenLost whenLost) {
      dependencies.add(new Dependency(on, whenLost));
      return this;
    }

    /**
     * The spec.
     *
     * @throws InvalidSpecException with all problems
     */
    public TaskSpec build() {
      Problems problems = new Problems();
      ChildId checkedId = checkedId(problems);
      problems.requirePositive("child '" + id + "': stop: grace", grace);
      problems.requireCompletion("child '" + id + "'", readiness, restart);
      problems.requireReadinessOfTask("child '" + id + "': readiness", readiness);
      problems.throwIfAny();
      return new TaskSpec(
          checkedId, body, initially, readiness, restart, grace, significance, dependencies);
    }

    private ChildId checkedId(Problems problems) {
      try {
        return ChildId.of(id);
      } catch (IllegalArgumentException refusal) {
        problems.add("child id", id, ChildId.NAME_RULE);
        return ChildId.ROOT;
      }
    }
  }
}
