package org.jsupervisor.core.internal.model;

/** Whether a child that ends may be started again. */
enum Surroundings {
  /** The tree supervises. */
  SUPERVISED,
  /** Its group is being stopped to be restarted: who is wanted up has to wait for its turn. */
  REGROUPING,
  /** The tree is stopping: nothing is started any more. */
  STOPPING
}
