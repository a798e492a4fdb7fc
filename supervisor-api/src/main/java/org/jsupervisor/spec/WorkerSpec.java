package org.jsupervisor.spec;

/** A child that does the work itself: it is launched, becomes ready, and is stopped by a ladder. */
public sealed interface WorkerSpec extends ChildSpec permits ProcessSpec {
  /** When it counts as ready. */
  ReadinessSpec readiness();

  /** How it is stopped. */
  StopSpec stop();
}
