package org.jsupervisor.core.internal.model;

/** The inputs of a child, for switches without a default branch: the columns of the state table. */
public enum InputKind {
  /** Somebody wants it up. */
  UP,
  /** Somebody wants it down. */
  DOWN,
  /** Somebody, or the strategy, wants a new run. */
  RESTART,
  /** Somebody sends a signal. */
  SIGNAL,
  /** Its spec is given, again or changed. */
  DEFINE,
  /** It is to be stopped and forgotten. */
  REMOVE,
  /** The platform has started it. */
  LAUNCHED,
  /** The platform could not start it. */
  LAUNCH_FAILED,
  /** Its process has ended. */
  EXITED,
  /** It has said that it is ready. */
  NOTIFIED,
  /** Some of its output could not be kept. */
  OUTPUT_LOST,
  /** The time it waited for has come. */
  DEADLINE
}
