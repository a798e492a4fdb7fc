package org.jsupervisor.core.internal.model;

/**
 * What a child's step asks of its supervisor.
 *
 * @param kind what is asked
 * @param reason one phrase for people
 */
record Appeal(Kind kind, String reason) {
  static final Appeal NONE = new Appeal(Kind.NONE, "");

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
