package org.jsupervisor.spec;

import java.time.Duration;
import org.jsupervisor.process.Signal;

/**
 * One rung of the stop ladder: something that asks the child to end, and how long to wait for its
 * end before the next rung. It is followed by CONT, so that a stopped child hears it.
 */
public sealed interface StopStep {
  /** How long to wait, positive. */
  Duration grace();

  /**
   * A signal to the child's whole group.
   *
   * @param signal what is sent
   * @param grace how long to wait, positive
   */
  record SendSignal(Signal signal, Duration grace) implements StopStep {
    public SendSignal {
      Problems problems = new Problems();
      problems.requirePositive("grace after " + signal, grace);
      problems.throwIfAny();
    }
  }

  /**
   * The end of its input, for a child that reads until there is nothing more: it has an input that
   * {@linkplain InputSpec#canBeEnded can be ended}. What was written before is read before.
   *
   * <p>For a child that is {@linkplain InputSpec.Fed fed} there is no end while somebody who feeds
   * it is left: the step is passed over while one of these siblings is up and is not being stopped,
   * and otherwise its grace is also the time that they have to go.
   *
   * @param grace how long to wait, positive
   */
  record EndInput(Duration grace) implements StopStep {
    public EndInput {
      Problems problems = new Problems();
      problems.requirePositive("grace after the end of input", grace);
      problems.throwIfAny();
    }
  }

  /** A signal. */
  static StopStep of(Signal signal, Duration grace) {
    return new SendSignal(signal, grace);
  }

  /** The end of its input. */
  static StopStep endOfInput(Duration grace) {
    return new EndInput(grace);
  }
}
