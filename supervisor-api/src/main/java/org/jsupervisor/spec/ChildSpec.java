package org.jsupervisor.spec;

import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;

/** What a supervisor needs to know of any child, whatever it is. Immutable; compared by content. */
public sealed interface ChildSpec permits ProcessSpec {
  /** Its address in the tree. */
  ChildId id();

  /** What is wanted of it when it is first defined. */
  Desire initially();

  /** When it counts as ready. */
  ReadinessSpec readiness();

  /** What its exits lead to. */
  RestartPolicy restart();

  /** How it is stopped. */
  StopSpec stop();
}
