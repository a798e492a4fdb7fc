package org.jsupervisor.core.internal.model;

import java.util.List;
import org.jsupervisor.StopReport;
import org.jsupervisor.process.ChildId;

/**
 * How far the end of a tree has come.
 *
 * @param cause who ended it
 * @param beganNanos when
 * @param order all children in stop order
 * @param next the index of the child whose turn it is
 */
public record Ending(StopReport.Cause cause, long beganNanos, List<ChildId> order, int next) {
  /** The tree is not ending. */
  public static final Ending NOT_YET = new Ending(StopReport.Cause.ASKED, 0, List.of(), 0);

  Ending advanced() {
    return new Ending(cause, beganNanos, order, next + 1);
  }
}
