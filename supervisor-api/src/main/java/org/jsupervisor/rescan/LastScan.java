package org.jsupervisor.rescan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jsupervisor.Request;

/**
 * What the last reading of a directory has led to. Immutable.
 *
 * @param at when it was over, by the wall clock
 * @param request who asked for it, and why
 * @param took from the request until all was applied and judged
 * @param report what was done; empty if the directory itself could not be read
 * @param failure why it could not be read; empty if it was
 */
public record LastScan(
    Instant at, Request request, Duration took, Optional<ScanReport> report, String failure) {
  /** Either a report or a failure. */
  public LastScan {
    if (report.isPresent() != failure.isEmpty()) {
      throw new IllegalArgumentException(
          "last scan: must have either a report or a failure, had "
              + report
              + " '"
              + failure
              + "'");
    }
  }
}
