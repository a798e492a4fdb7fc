package org.jsupervisor.spec;

import java.time.Duration;
import org.jsupervisor.process.Signal;

/**
 * One rung of the stop ladder: a signal to the child's whole group, and how long to wait for its
 * end before the next rung.
 *
 * @param signal what is sent; followed by CONT, so that a stopped child hears it
 * @param grace how long to wait, positive
 */
public record StopStep(Signal signal, Duration grace) {
  public StopStep {
    Problems problems = new Problems();
    problems.requirePositive("grace after " + signal, grace);
    problems.throwIfAny();
  }
}
