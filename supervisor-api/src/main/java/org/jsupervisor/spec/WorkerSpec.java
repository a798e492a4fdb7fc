package org.jsupervisor.spec;

/** A child that does the work itself: it is launched, becomes ready, and is stopped in steps. */
public sealed interface WorkerSpec extends ChildSpec permits ProcessSpec, TaskSpec {
  /** When it counts as ready. */
  ReadinessSpec readiness();
}
