package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.Optional;
import org.jsupervisor.Refusal;
import org.jsupervisor.event.SupervisorEvent;

/** One line of a trace. */
public sealed interface TraceLine {
  /** When, since the start. */
  Duration at();

  /** One line for people, without the time. */
  String describe();

  /**
   * The tree told of something.
   *
   * @param at when
   * @param event what
   */
  record Told(Duration at, SupervisorEvent event) implements TraceLine {
    @Override
    public String describe() {
      return event.child() + ": " + event.describe();
    }
  }

  /**
   * Something happened from outside, as the scenario says.
   *
   * @param at when
   * @param happening what
   */
  record Happened(Duration at, Happening happening) implements TraceLine {
    @Override
    public String describe() {
      return "> " + happening.describe();
    }
  }

  /**
   * An operation was answered.
   *
   * @param at when
   * @param operation which
   * @param refusal why it was not done; empty if it was
   */
  record Answered(Duration at, Happening operation, Optional<Refusal> refusal)
      implements TraceLine {
    @Override
    public String describe() {
      return "< "
          + operation.describe()
          + ": "
          + refusal.map(why -> "refused, " + why).orElse("done");
    }
  }
}
