package org.jsupervisor.event;

/** What follows from a program that was run instead of sending a signal. */
public enum SignalOutcome {
  /** It has returned 0: the signal is not sent. */
  WITHHELD,
  /** It has failed in any way, or used up its limit: {@link SupervisorEvent.SignalSent} follows. */
  SENT,
  /**
   * The run has ended, its stop has gone on, or the opposite signal was asked for: it is sent KILL,
   * and the signal is not sent.
   */
  CUT_SHORT
}
