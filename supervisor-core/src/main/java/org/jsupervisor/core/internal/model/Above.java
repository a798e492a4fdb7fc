package org.jsupervisor.core.internal.model;

/** What the supervisors above a child do: the most urgent of them counts. */
enum Above {
  /** All are up, or coming. */
  GOES_ON,
  /** One of them is being stopped, or is down: somebody may wait for the child. */
  STOPS,
  /** One of them has used up its time to stop. */
  OVERDUE
}
