package org.jsupervisor.spec;

import java.util.Objects;

/**
 * A sibling that must be there before a child is started, at its first start and at every other.
 *
 * <p>A process or task is there when it is ready; one that is ready by {@linkplain
 * ReadinessSpec.Completed completing}, when it has finished; a supervisor, when everything below it
 * that is wanted up is ready or finished.
 *
 * @param on the name of the sibling
 * @param whenLost what becomes of the child when the sibling is lost
 */
public record Dependency(String on, WhenLost whenLost) {
  /** Refuses null at once, where it was written. */
  public Dependency {
    Objects.requireNonNull(on, "a dependency must name a sibling");
    Objects.requireNonNull(whenLost, "a dependency must say what becomes of the child without it");
  }

  /** As {@code database (IS_RESTARTED)}. */
  @Override
  public String toString() {
    return on + " (" + whenLost + ")";
  }
}
