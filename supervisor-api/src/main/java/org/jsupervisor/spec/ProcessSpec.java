package org.jsupervisor.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;

/**
 * A child that is an operating-system process.
 *
 * <pre>{@code
 * ProcessSpec cache =
 *     ProcessSpec.builder("cache", "redis-server", "--port", "7001")
 *         .withRestart(RestartPolicy.permanent())
 *         .withOutput(OutputSpec.logged(LogSpec.of(Path.of("log/cache"))))
 *         .build();
 * }</pre>
 *
 * <p>A little longer than other files: a record and its builder, which name each part once.
 *
 * @param id its address in the tree
 * @param command what is executed
 * @param environment what it finds in its environment
 * @param directory its working directory
 * @param initially what is wanted of it when it is first defined
 * @param readiness when it counts as ready
 * @param restart what its exits lead to
 * @param stop how it is stopped
 * @param input what it reads as its stdin
 * @param output where its stdout and stderr go
 * @param significance whether its end can be the end of its supervisor
 * @param leftovers what becomes of the processes it leaves behind when it has ended by itself
 * @param dependencies the siblings that must be there before it is started; those that it feeds are
 *     added
 * @param steps what is done before its program is executed, in the order of {@link LaunchStep.Kind}
 * @param hostDeath what becomes of it when its host is gone
 * @param watchdog whether it has to give signs of life
 * @param finish what is run after each end of it; empty if nothing is
 * @param signalPrograms what is run instead of sending it signals
 */
public record ProcessSpec(
    ChildId id,
    Command command,
    Environment environment,
    Path directory,
    Desire initially,
    ReadinessSpec readiness,
    RestartPolicy restart,
    StopSpec stop,
    InputSpec input,
    OutputSpec output,
    Significance significance,
    Leftovers leftovers,
    List<Dependency> dependencies,
    List<LaunchStep> steps,
    HostDeath hostDeath,
    Watchdog watchdog,
    Optional<FinishSpec> finish,
    SignalPrograms signalPrograms)
    implements WorkerSpec {
  /**
   * Refuses the root, which is a supervisor, a child that must complete to be ready but is started
   * again when it has, and one that must complete but has a watchdog, which counts from readiness.
   *
   * @throws InvalidSpecException with all problems
   */
  public ProcessSpec {
    dependencies = Feeds.withConsumers(dependencies, output);
    steps = List.copyOf(steps);
    Problems problems = new Problems();
    if (id.isRoot()) {
      problems.add("id", id.toString(), "must not be the root supervisor");
    }
    problems.requireCompletion("child '" + id + "'", readiness, restart);
    StepRules.check("child '" + id + "'", steps, output, problems);
    problems.requireReadyForWatchdog("child '" + id + "'", readiness, watchdog);
    new StreamRules(input, output, stop, readiness).check("child '" + id + "'", steps, problems);
    problems.throwIfAny();
  }

  @Override
  public Kind kind() {
    return Kind.PROCESS;
  }

  @Override
  public ProcessSpec at(ChildId address) {
    return toBuilder().withId(address.path()).build();
  }

  /** A builder that has all parts of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** A builder for what is mandatory: the name, the program and its arguments. */
  public static Builder builder(String id, String program, String... arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(program);
    argv.addAll(Arrays.asList(arguments));
    return new Builder(id, argv);
  }

  /** A builder for what is mandatory: the name and the command. */
  public static Builder builder(String id, List<String> argv) {
    return new Builder(id, argv);
  }

  /**
   * Collects the parts; nothing is checked before {@link #build}, which tells all problems at once.
   * Not thread-safe; may be built from several times.
   */
  public static final class Builder {
    private String id;
    private List<String> argv;
    private Environment environment = Environment.inheritAll();
    private final SortedMap<String, String> variables = new TreeMap<>();
    private Path directory = Path.of("");
    private Desire initially = Desire.UP;
    private ReadinessSpec readiness = ReadinessSpec.aliveFor(Duration.ofSeconds(1));
    private RestartPolicy restart = RestartPolicy.transientPolicy();
    private @Nullable StopSpec stop;
    private InputSpec input = InputSpec.none();
    private OutputSpec output = OutputSpec.discarded();
    private Significance significance = Significance.ORDINARY;
    private Leftovers leftovers = Leftovers.KILLED;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<LaunchStep> steps = new ArrayList<>();
    private HostDeath hostDeath = HostDeath.DIE;
    private Watchdog watchdog = Watchdog.off();
    private Optional<FinishSpec> finish = Optional.empty();
    private SignalPrograms signalPrograms = SignalPrograms.none();

    private Builder(String id, List<String> argv) {
      this.id = id;
      this.argv = List.copyOf(argv);
    }

    private Builder(ProcessSpec spec) {
      this(spec.id.path(), spec.command.argv());
      environment = spec.environment;
      directory = spec.directory;
      initially = spec.initially;
      readiness = spec.readiness;
      restart = spec.restart;
      stop = spec.stop;
      input = spec.input;
      output = spec.output;
      significance = spec.significance;
      leftovers = spec.leftovers;
      // Those that it feeds are added again, if it still does.
      dependencies.addAll(Feeds.withoutConsumers(spec.dependencies, spec.output));
      steps.addAll(spec.steps);
      hostDeath = spec.hostDeath;
      watchdog = spec.watchdog;
      finish = spec.finish;
      signalPrograms = spec.signalPrograms;
    }

    /** Replaces the address. */
    public Builder withId(String replacement) {
      id = Objects.requireNonNull(replacement, "id must be given");
      return this;
    }

    /** Replaces the program and its arguments. */
    public Builder withCommand(List<String> replacement) {
      argv = List.copyOf(replacement);
      return this;
    }

    /** Replaces the environment (default: all of the host's). Variables that were added stay. */
    public Builder withEnvironment(Environment replacement) {
      environment = Objects.requireNonNull(replacement, "environment must be given");
      return this;
    }

    /** Sets one variable on top of the environment. */
    public Builder addVariable(String name, String value) {
      variables.put(name, value);
      return this;
    }

    /** Replaces the working directory (default: the host's). */
    public Builder withDirectory(Path replacement) {
      directory = Objects.requireNonNull(replacement, "directory must be given");
      return this;
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

    /** Replaces what its exits lead to (default: {@link RestartPolicy#transientPolicy}). */
    public Builder withRestart(RestartPolicy replacement) {
      restart = Objects.requireNonNull(replacement, "restart must be given");
      return this;
    }

    /**
     * Replaces how it is stopped (default: TERM, 10 s, KILL, 2 s; if it is fed, {@link
     * StopSpec#endOfInput}).
     */
    public Builder withStop(StopSpec replacement) {
      stop = Objects.requireNonNull(replacement, "stop must be given");
      return this;
    }

    /** Replaces what it reads (default: nothing). */
    public Builder withInput(InputSpec replacement) {
      input = Objects.requireNonNull(replacement, "input must be given");
      return this;
    }

    /** Replaces where its output goes (default: nowhere). */
    public Builder withOutput(OutputSpec replacement) {
      output = Objects.requireNonNull(replacement, "output must be given");
      return this;
    }

    /** Replaces whether its end can be the end of its supervisor (default: it cannot). */
    public Builder withSignificance(Significance replacement) {
      significance = Objects.requireNonNull(replacement, "significance must be given");
      return this;
    }

    /**
     * Replaces what becomes of the rest of its group when it has ended by itself (default: killed).
     */
    public Builder withLeftovers(Leftovers replacement) {
      leftovers = Objects.requireNonNull(replacement, "leftovers must be given");
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

    /** Adds something that is done before its program is executed; see {@link LaunchStep}. */
    public Builder addStep(LaunchStep step) {
      steps.add(Objects.requireNonNull(step, "a step must be given"));
      return this;
    }

    /** Replaces all that is done before its program is executed (default: nothing). */
    public Builder withSteps(List<LaunchStep> replacement) {
      steps.clear();
      steps.addAll(replacement);
      return this;
    }

    /** Replaces what becomes of it when its host is gone (default: it dies). */
    public Builder withHostDeath(HostDeath replacement) {
      hostDeath = Objects.requireNonNull(replacement, "host death must be given");
      return this;
    }

    /** Replaces whether it has to give signs of life (default: it need not). */
    public Builder withWatchdog(Watchdog replacement) {
      watchdog = Objects.requireNonNull(replacement, "watchdog must be given");
      return this;
    }

    /** Replaces what is run after each end of it (default: nothing). */
    public Builder withFinish(FinishSpec replacement) {
      finish = Optional.of(replacement);
      return this;
    }

    /** Nothing is run after its ends. */
    public Builder withoutFinish() {
      finish = Optional.empty();
      return this;
    }

    /** Replaces what is run instead of sending it signals (default: nothing, they are sent). */
    public Builder withSignalPrograms(SignalPrograms replacement) {
      signalPrograms = Objects.requireNonNull(replacement, "signal programs must be given");
      return this;
    }

    /**
     * The spec.
     *
     * @throws InvalidSpecException with all problems
     */
    public ProcessSpec build() {
      Problems problems = new Problems();
      ChildId checkedId = checkedId(problems);
      Command command = null;
      try {
        command = new Command(argv);
      } catch (InvalidSpecException refusal) {
        problems.addAll("child '" + id + "'", refusal);
      }
      Environment complete = environment;
      for (var variable : variables.entrySet()) {
        try {
          complete = complete.with(variable.getKey(), variable.getValue());
        } catch (InvalidSpecException refusal) {
          problems.addAll("child '" + id + "'", refusal);
        }
      }
      problems.requireCompletion("child '" + id + "'", readiness, restart);
      StepRules.check("child '" + id + "'", steps, output, problems);
      problems.requireReadyForWatchdog("child '" + id + "'", readiness, watchdog);
      StopSpec how = stop == null ? defaultStop() : stop;
      new StreamRules(input, output, how, readiness).check("child '" + id + "'", steps, problems);
      problems.throwIfAny();
      return new ProcessSpec(
          checkedId,
          Objects.requireNonNull(command),
          complete,
          directory,
          initially,
          readiness,
          restart,
          how,
          input,
          output,
          significance,
          leftovers,
          dependencies,
          steps,
          hostDeath,
          watchdog,
          finish,
          signalPrograms);
    }

    private StopSpec defaultStop() {
      return input.kind() == InputSpec.Kind.FED ? StopSpec.endOfInput() : StopSpec.defaults();
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
