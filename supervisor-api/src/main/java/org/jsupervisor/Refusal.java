package org.jsupervisor;

/** Why an operation was refused or could not be completed. */
public enum Refusal {
  /** There is no child with this id. */
  UNKNOWN_CHILD,
  /** The supervisor of the child is not up; it decides when its children are. */
  SUPERVISOR_DOWN,
  /** The tree is stopping or stopped. */
  TREE_STOPPED,
  /** The child has no process that could be signalled, or none that could be paused. */
  NOT_RUNNING,
  /** The child is a task or a supervisor: it has no signals. */
  NOT_A_PROCESS,
  /** The operating system has no such signal. */
  UNKNOWN_SIGNAL,
  /**
   * The spec does not fit into the tree: its depth, kind, significance, output or dependencies, or
   * the template of its supervisor, are against it; the message says which.
   */
  INVALID_SPEC,
  /** The supervisor has no template, so there are no instances to start. */
  NO_TEMPLATE,
  /** There is an instance of this name already, up, down or ending; nothing was done. */
  ALREADY_THERE,
  /** Others depend on the child: it cannot be removed before them. */
  NEEDED,
  /** The child has no log directory, so there is nothing to rotate. */
  NO_LOG,
  /** A log directory could not be rotated; the message says why. Nothing is lost by it. */
  ROTATION_FAILED,
  /** A later operation wanted something else before this one was done. */
  SUPERSEDED,
  /** The child used up its restarts before it was ready. */
  GAVE_UP,
  /** The child was removed before the operation was done. */
  REMOVED,
  /** The process did not end, not even after KILL; the task not after its interrupt. */
  UNKILLABLE,
  /**
   * The request was decided on an older generation of the child, or the instance was made by a
   * template that its supervisor has no longer; nothing was done.
   */
  STALE,
  /** Too many operations are under way; nothing was done. Try again later. */
  OVERLOADED
}
