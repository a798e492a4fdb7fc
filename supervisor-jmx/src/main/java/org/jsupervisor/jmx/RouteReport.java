package org.jsupervisor.jmx;

import org.jsupervisor.output.OutputSource;

/**
 * Where a stream of a service's output leads to, as JMX tells it. A client gets it as {@code
 * CompositeData} with enums as strings.
 *
 * @param stream {@code BOTH} if stdout and stderr share a pipe
 * @param kind what kind of place it is
 * @param place the log directory, the name of the sink, or of the sibling; empty if it is discarded
 * @param whenSlow what happens when the place is slow or fails: {@code BLOCK}, {@code
 *     LOSE_REFUSED}, {@code DROP_OLDEST}, {@code DROP_NEWEST} or {@code SPILL}, with the budget in
 *     bytes; empty if nothing of the kind can happen
 */
public record RouteReport(OutputSource.Stream stream, Kind kind, String place, String whenSlow) {
  /** The kinds of places. */
  public enum Kind {
    /** Nowhere. */
    DISCARDED,
    /** A log directory. */
    LOG_DIRECTORY,
    /** A sink of the host. */
    SINK,
    /** The stdin of a sibling. */
    CHILD
  }
}
