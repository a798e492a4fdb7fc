package org.jsupervisor.scan;

import org.jsupervisor.rescan.ScanReport;

/**
 * Hears what a watch has done. Called on the thread that has done it, one call for each rescan;
 * what it throws is logged.
 */
public interface ScanListener {
  /** A rescan is over; {@link DirectoryFollower#rescan} says when that is. */
  void onReport(ScanReport report);

  /**
   * A rescan could not be done, and has changed nothing: mostly a {@link ScanFailedException}. Or
   * changes are not noticed any more, an {@link java.io.IOException}: then a rescan comes every 5
   * s.
   */
  void onFailure(Throwable reason);
}
