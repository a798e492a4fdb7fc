package org.jsupervisor.core.internal.model;

/** The inputs of a child, for switches without a default branch: the columns of the state table. */
public enum InputKind {
  /** Somebody wants it up. */
  UP,
  /** Somebody wants it down. */
  DOWN,
  /** Somebody wants one run of it. */
  ONCE,
  /** Somebody, or the strategy, wants a new run. */
  RESTART,
  /** Somebody sends a signal. */
  SIGNAL,
  /** Somebody wants its processes to stand still. */
  PAUSE,
  /** Somebody wants them to go on. */
  RESUME,
  /** Its spec is given, again or changed. */
  DEFINE,
  /** It is to be stopped and forgotten. */
  REMOVE,
  /** Its supervisor says that it is its turn to start. */
  START,
  /**
   * Its supervisor restarts its group: it is to wait for its turn, and its end is used up by that.
   */
  HOLD,
  /** Its supervisor stops it for that, when its turn has come. */
  STOP,
  /** The time in which its supervisor had to end is over: no more grace. */
  KILL,
  /** A supervisor is to end by itself: it gave up, or shuts down. */
  END_TEAM,
  /** The platform has started it; all children of a supervisor have been. */
  LAUNCHED,
  /** The platform could not start it. */
  LAUNCH_FAILED,
  /** Its process has ended; a supervisor has stopped its children. */
  EXITED,
  /** What is run after its run is over. */
  FINISH_ENDED,
  /** What is run instead of a signal is over. */
  SIGNAL_PROGRAM_ENDED,
  /** It has said that it is ready. */
  NOTIFIED,
  /** It has given a sign of life. */
  PINGED,
  /** It has said that it is ill. */
  AILING,
  /** It has asked for more time. */
  MORE_TIME,
  /** It has said something of itself. */
  SAID,
  /** A run of it had left other processes behind. */
  LEFT_BEHIND,
  /** Some of its output could not be kept. */
  OUTPUT_LOST,
  /** The time it waited for has come. */
  DEADLINE;

  /** Whether a run may be started by it. */
  boolean mayStart() {
    return switch (this) {
      case UP,
          ONCE,
          RESTART,
          DEFINE,
          START,
          LAUNCHED,
          LAUNCH_FAILED,
          EXITED,
          FINISH_ENDED,
          DEADLINE ->
          true;
      case DOWN,
          SIGNAL,
          PAUSE,
          RESUME,
          REMOVE,
          HOLD,
          STOP,
          KILL,
          END_TEAM,
          SIGNAL_PROGRAM_ENDED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID,
          LEFT_BEHIND,
          OUTPUT_LOST ->
          false;
    };
  }
}
