package org.jsupervisor;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Reason;

/**
 * How a tree ended.
 *
 * @param cause who ended it
 * @param reason why, one phrase for people
 * @param took from the request to the end
 * @param unkillable the children that refused to die; their processes may still live. Empty with
 *     {@code ENGINE_FAILED}: then all were sent KILL, and nobody knows
 * @param why of a tree that gave up: a reason because of the next, the tree first, the root cause
 *     last; empty for any other
 */
public record StopReport(
    Cause cause, String reason, Duration took, List<ChildId> unkillable, List<Reason> why) {
  /** Who ended the tree. */
  public enum Cause {
    /** {@link Supervisor#stop} or {@link Supervisor#close}. */
    ASKED,
    /** The supervisor gave up: more restarts than its limit allows, or a child escalated. */
    GAVE_UP,
    /** Its significant children had ended, and it shut down as its spec says. */
    SHUT_DOWN,
    /** The engine failed; the tree was not stopped in order. A bug: please report it. */
    ENGINE_FAILED
  }

  /** The report of a tree that did not give up. */
  public StopReport(Cause cause, String reason, Duration took, List<ChildId> unkillable) {
    this(cause, reason, took, unkillable, List.of());
  }

  /** Copies the lists. */
  public StopReport {
    unkillable = List.copyOf(unkillable);
    why = List.copyOf(why);
  }
}
