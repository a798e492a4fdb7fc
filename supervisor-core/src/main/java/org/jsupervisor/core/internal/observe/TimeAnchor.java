package org.jsupervisor.core.internal.observe;

import java.time.Instant;

/**
 * Turns readings of the monotonic ticker into wall-clock times for people. Fixed when the tree is
 * made, so the same reading gives the same time whenever it is asked for; a clock that was set
 * since does not show.
 *
 * @param instant the wall clock at the anchor
 * @param nanos the ticker at the anchor
 */
public record TimeAnchor(Instant instant, long nanos) {
  Instant at(long readingNanos) {
    return instant.plusNanos(readingNanos - nanos);
  }
}
