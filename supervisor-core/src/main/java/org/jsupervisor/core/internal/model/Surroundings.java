package org.jsupervisor.core.internal.model;

/** Whether a child that ends may be started again. */
enum Surroundings {
  /** The tree supervises. */
  SUPERVISED,
  /** The tree is stopping: nothing is started any more. */
  STOPPING
}
