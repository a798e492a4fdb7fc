package org.jsupervisor.core.internal.model;

import org.jsupervisor.StopReport;

/**
 * The end of a tree.
 *
 * @param cause who ended it
 * @param beganNanos when
 */
public record Ending(StopReport.Cause cause, long beganNanos) {
  /** The tree is not ending. */
  public static final Ending NOT_YET = new Ending(StopReport.Cause.ASKED, 0);
}
