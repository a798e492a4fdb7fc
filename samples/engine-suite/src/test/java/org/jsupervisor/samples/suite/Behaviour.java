package org.jsupervisor.samples.suite;

/** What a child of the suite does; each world has its own program for it. */
enum Behaviour {
  /** Lives until a signal ends it, and reads nothing. */
  RUNS,
  /** Returns 3 after a moment. */
  EXITS_WITH_3,
  /** Returns 0 after a moment. */
  EXITS_WITH_0,
  /** Says on descriptor 3 that it is ready, then lives. */
  NOTIFIES,
  /** Says that it is ready, and is not ended by TERM. */
  NOTIFIES_AND_IGNORES_TERM,
  /** Writes {@link #TEXT}, then says that it is ready, then lives. */
  WRITES,
  /** Reads its input to the end, then returns 0. */
  READS,
  /** There is no such program. */
  MISSING;

  static final String TEXT = "one\ntwo\nlast without newline";
}
