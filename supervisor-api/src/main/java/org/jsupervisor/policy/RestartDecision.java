package org.jsupervisor.policy;

import java.time.Duration;
import java.util.Objects;

/** A policy's word on an exit. The engine obeys; it adds nothing but the supervisor's own limit. */
public sealed interface RestartDecision {
  /** The possible decisions, for switches without a default branch. */
  enum Kind {
    RESTART,
    FINISH,
    FORGET,
    QUARANTINE,
    STAY_DOWN,
    ESCALATE
  }

  /** Which decision this is. */
  Kind kind();

  /**
   * Start it again.
   *
   * @param delay how long to wait first; zero or more
   * @param attempt which restart in a row this is without a stable life before it, from 1
   * @param charge which budget it counts in
   */
  record Restart(Duration delay, int attempt, RestartCharge charge) implements RestartDecision {
    public Restart {
      Durations.requireNotNegative("restart decision: delay", delay);
      Objects.requireNonNull(charge, "restart decision: a charge is needed");
      if (attempt < 1) {
        throw new IllegalArgumentException(
            "restart decision: attempt must be at least 1, was " + attempt);
      }
    }

    /** An ordinary restart, charged to {@link RestartCharge#RESTARTS}. */
    public Restart(Duration delay, int attempt) {
      this(delay, attempt, RestartCharge.RESTARTS);
    }

    @Override
    public Kind kind() {
      return Kind.RESTART;
    }
  }

  /** It has done its work: down without a fault, entry kept. */
  record Finish() implements RestartDecision {
    @Override
    public Kind kind() {
      return Kind.FINISH;
    }
  }

  /** It is not restarted and its entry disappears. */
  record Forget() implements RestartDecision {
    @Override
    public Kind kind() {
      return Kind.FORGET;
    }
  }

  /**
   * Given up for now: set aside, then one probation start.
   *
   * @param pause how long it is set aside
   * @param count how often in a row this has happened, from 1
   * @param reason one phrase for people
   */
  record Quarantine(Duration pause, int count, String reason) implements RestartDecision {
    public Quarantine {
      Durations.requirePositive("quarantine decision: pause", pause);
      if (count < 1) {
        throw new IllegalArgumentException(
            "quarantine decision: count must be at least 1, was " + count);
      }
    }

    @Override
    public Kind kind() {
      return Kind.QUARANTINE;
    }
  }

  /**
   * Given up: down until an operator says otherwise.
   *
   * @param reason one phrase for people
   */
  record StayDown(String reason) implements RestartDecision {
    @Override
    public Kind kind() {
      return Kind.STAY_DOWN;
    }
  }

  /**
   * Given up: the supervisor itself gives up, stops its other children and hands the failure to its
   * parent, or to the host if it is the root.
   *
   * @param reason one phrase for people
   */
  record Escalate(String reason) implements RestartDecision {
    @Override
    public Kind kind() {
      return Kind.ESCALATE;
    }
  }
}
