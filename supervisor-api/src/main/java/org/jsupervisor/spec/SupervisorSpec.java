package org.jsupervisor.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.strategy.RestartStrategy;

/**
 * A supervisor with its children in start order; they are stopped in reverse. It is the root of a
 * tree, or a child of another supervisor.
 *
 * <p>As a child it is up when each of its own children has been launched in its turn, and ends by
 * itself when it gives up or shuts down; each start of it begins with the children of its spec and
 * an empty history.
 *
 * @param id its name; of the root it names the tree for people and in JMX
 * @param strategy whom a death affects
 * @param limit how many restarts of all children together are allowed; beyond it the supervisor
 *     gives up: all children are stopped and the parent, or the host, decides
 * @param autoShutdown when the end of significant children ends it
 * @param startFailure what a child that cannot be started means while it starts
 * @param stop how it stops its children
 * @param child what its own parent needs to know; of no meaning for the root
 * @param children in start order; ids are single names, unique; none if there is a template
 * @param template what its children are made of, one by one, while it is up. Empty: its children
 *     are those of the spec, and those that are defined later
 */
public record SupervisorSpec(
    ChildId id,
    RestartStrategy strategy,
    RestartLimit limit,
    AutoShutdown autoShutdown,
    StartFailure startFailure,
    TeamStop stop,
    AsChild child,
    List<ChildSpec> children,
    Optional<ChildTemplate> template)
    implements ChildSpec {
  /**
   * A supervisor as its own parent sees it.
   *
   * @param initially what is wanted of it when it is first defined
   * @param restart what its end leads to
   * @param significance whether its end can be the end of its parent
   * @param dependencies the siblings that must be there before it is started
   */
  public record AsChild(
      Desire initially,
      RestartPolicy restart,
      Significance significance,
      List<Dependency> dependencies) {
    public AsChild {
      dependencies = List.copyOf(dependencies);
    }
  }

  /**
   * Checks the children, and what a template allows.
   *
   * @throws InvalidSpecException with every problem
   */
  public SupervisorSpec {
    children = List.copyOf(children);
    Problems problems = new Problems();
    checkChildren(children, autoShutdown, problems);
    if (template.isPresent()) {
      TemplateLimits.check(strategy, autoShutdown, children, problems);
    }
    problems.throwIfAny();
  }

  private static void checkChildren(
      List<ChildSpec> children, AutoShutdown autoShutdown, Problems problems) {
    Set<ChildId> seen = new HashSet<>();
    for (ChildSpec each : children) {
      String name = each.id().toString();
      if (!seen.add(each.id())) {
        problems.add("children", name, "an id must be unique within its supervisor");
      }
      if (!each.id().parent().equals(Optional.of(ChildId.ROOT))) {
        problems.add("children", name, "must be a single name");
      }
      checkSignificance(each, autoShutdown, problems);
    }
    if (Nesting.isAllowed(children, problems)) {
      SharedOutputs.check(children, problems);
    }
    DependencyGraph.problems(children).forEach(problems::add);
    Feeds.problems(children).forEach(problems::add);
  }

  private static void checkSignificance(
      ChildSpec child, AutoShutdown autoShutdown, Problems problems) {
    if (child.significance() == Significance.ORDINARY) {
      return;
    }
    if (child.restart().type() == RestartType.PERMANENT) {
      problems.add("children", child.id().toString(), "a permanent child must not be significant");
    }
    if (autoShutdown == AutoShutdown.NEVER) {
      problems.add(
          "children",
          child.id().toString(),
          "must not be significant in a supervisor without auto-shutdown");
    }
  }

  /** A builder for what is mandatory: the name. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Its name, as it was given. */
  public String name() {
    return id.path();
  }

  @Override
  public Kind kind() {
    return Kind.SUPERVISOR;
  }

  @Override
  public Desire initially() {
    return child.initially();
  }

  @Override
  public RestartPolicy restart() {
    return child.restart();
  }

  @Override
  public Significance significance() {
    return child.significance();
  }

  @Override
  public List<Dependency> dependencies() {
    return child.dependencies();
  }

  @Override
  public SupervisorSpec at(ChildId address) {
    return new SupervisorSpec(
        address, strategy, limit, autoShutdown, startFailure, stop, child, children, template);
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private RestartStrategy strategy = RestartStrategy.oneForOne();
    private RestartLimit limit = RestartLimit.none();
    private AutoShutdown autoShutdown = AutoShutdown.NEVER;
    private StartFailure startFailure = StartFailure.IS_RETRIED;
    private @Nullable TeamStop stop;
    private Desire initially = Desire.UP;
    private RestartPolicy restart = RestartPolicy.permanent();
    private Significance significance = Significance.ORDINARY;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<ChildSpec> children = new ArrayList<>();
    private @Nullable ChildTemplate template;

    private Builder(String name) {
      this.name = name;
    }

    /** Replaces whom a death affects (default: one-for-one). */
    public Builder withStrategy(RestartStrategy replacement) {
      strategy = Objects.requireNonNull(replacement, "strategy must be given");
      return this;
    }

    /** Replaces the limit for all children together (default: none; each child has its own). */
    public Builder withLimit(RestartLimit replacement) {
      limit = Objects.requireNonNull(replacement, "limit must be given");
      return this;
    }

    /** Replaces when the end of significant children ends it (default: never). */
    public Builder withAutoShutdown(AutoShutdown replacement) {
      autoShutdown = Objects.requireNonNull(replacement, "auto-shutdown must be given");
      return this;
    }

    /** Replaces what a child that cannot be started means (default: it is retried). */
    public Builder withStartFailure(StartFailure replacement) {
      startFailure = Objects.requireNonNull(replacement, "start failure must be given");
      return this;
    }

    /** Replaces what is wanted of it at first, as a child (default: up). */
    public Builder withInitially(Desire replacement) {
      initially = Objects.requireNonNull(replacement, "initially must be given");
      return this;
    }

    /** Replaces what its end leads to, as a child (default: {@link RestartPolicy#permanent}). */
    public Builder withRestart(RestartPolicy replacement) {
      restart = Objects.requireNonNull(replacement, "restart must be given");
      return this;
    }

    /** Replaces whether its end can end its parent (default: it cannot). */
    public Builder withSignificance(Significance replacement) {
      significance = Objects.requireNonNull(replacement, "significance must be given");
      return this;
    }

    /**
     * Replaces how it stops its children (default: one by one, with a template together; as long as
     * it takes).
     */
    public Builder withStop(TeamStop replacement) {
      stop = Objects.requireNonNull(replacement, "stop must be given");
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

    /** Appends a child in start order. */
    public Builder addChild(ChildSpec added) {
      children.add(Objects.requireNonNull(added, "a child must be given"));
      return this;
    }

    /**
     * Makes it a supervisor of like children, which {@code Supervisor.startInstance} adds while it
     * is up (default: none; Erlang/OTP's simple_one_for_one). It begins without children, also when
     * it is started again; it must be one-for-one, without auto-shutdown.
     */
    public Builder withTemplate(ChildTemplate replacement) {
      template = Objects.requireNonNull(replacement, "template must be given");
      return this;
    }

    /**
     * The spec.
     *
     * @throws InvalidSpecException with all problems
     */
    public SupervisorSpec build() {
      Problems problems = new Problems();
      ChildId id = checkedId(problems);
      checkChildren(children, autoShutdown, problems);
      if (template != null) {
        TemplateLimits.check(strategy, autoShutdown, children, problems);
      }
      problems.throwIfAny();
      AsChild child = new AsChild(initially, restart, significance, dependencies);
      return new SupervisorSpec(
          id,
          strategy,
          limit,
          autoShutdown,
          startFailure,
          stop == null ? defaultStop() : stop,
          child,
          children,
          Optional.ofNullable(template));
    }

    /** Nobody has said in which order instances are to go, so none waits for another. */
    private TeamStop defaultStop() {
      return template == null
          ? TeamStop.defaults()
          : TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER);
    }

    private ChildId checkedId(Problems problems) {
      try {
        return ChildId.of(name);
      } catch (IllegalArgumentException refusal) {
        problems.add("supervisor name", name, ChildId.NAME_RULE);
        return ChildId.ROOT;
      }
    }
  }
}
