package org.jsupervisor.core.internal.model;

/**
 * What a child's step asks of its supervisor.
 *
 * @param kind what is asked
 * @param reason one phrase for people
 * @param failedStart whether it was started and has not come up
 */
record Appeal(Kind kind, String reason, boolean failedStart) {
  static final Appeal NONE = new Appeal(Kind.NONE, "");

  Appeal(Kind kind, String reason) {
    this(kind, reason, false);
  }

  /** The same of a child that has not come up. */
  Appeal afterFailedStart(String why) {
    return new Appeal(kind, why, true);
  }

  enum Kind {
    /** Nothing. */
    NONE,
    /** The policy wants a restart: the supervisor's limit and strategy have their say. */
    RESTART,
    /** A significant child has ended for good, by itself. */
    SIGNIFICANT_END,
    /** The child gave up and hands its failure upwards. */
    ESCALATE
  }
}
