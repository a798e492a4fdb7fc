package org.jsupervisor.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.strategy.RestartStrategy;

/**
 * A supervisor with its children in start order; they are stopped in reverse.
 *
 * @param name names the tree for people and in JMX: 1 to 100 of {@code A-Z a-z 0-9 . _ -}
 * @param strategy whom a death affects
 * @param limit how many restarts of all children together are allowed; beyond it the supervisor
 *     gives up: all children are stopped and the host is told
 * @param children in start order; ids are unique
 */
public record SupervisorSpec(
    String name, RestartStrategy strategy, RestartLimit limit, List<ChildSpec> children) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  /**
   * Checks the name and that ids are unique.
   *
   * @throws InvalidSpecException with every problem
   */
  public SupervisorSpec {
    children = List.copyOf(children);
    Problems problems = new Problems();
    if (!NAME.matcher(name).matches()) {
      problems.add("supervisor name", name, "must match " + NAME.pattern());
    }
    Set<ChildId> seen = new HashSet<>();
    for (ChildSpec child : children) {
      if (!seen.add(child.id())) {
        problems.add(
            "children", child.id().toString(), "an id must be unique within its supervisor");
      }
      if (!child.id().parent().equals(Optional.of(ChildId.ROOT))) {
        problems.add("children", child.id().toString(), "must be a direct child of the supervisor");
      }
    }
    problems.throwIfAny();
  }

  /** A builder for what is mandatory: the name. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private RestartStrategy strategy = RestartStrategy.oneForOne();
    private RestartLimit limit = RestartLimit.none();
    private final List<ChildSpec> children = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /** Replaces whom a death affects (default: one-for-one). */
    public Builder withStrategy(RestartStrategy replacement) {
      strategy = replacement;
      return this;
    }

    /** Replaces the limit for all children together (default: none; each child has its own). */
    public Builder withLimit(RestartLimit replacement) {
      limit = replacement;
      return this;
    }

    /** Appends a child in start order. */
    public Builder addChild(ChildSpec child) {
      children.add(child);
      return this;
    }

    /**
     * The spec.
     *
     * @throws InvalidSpecException with all problems
     */
    public SupervisorSpec build() {
      return new SupervisorSpec(name, strategy, limit, children);
    }
  }
}
