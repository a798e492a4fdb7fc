package org.jsupervisor.rescan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How it stands with a directory that a tree follows. Immutable.
 *
 * @param directory which
 * @param watch whether it is read again by itself
 * @param underWay how many rescans were asked for and are not over
 * @param scans how many are over, those that failed too; the first reading is not among them
 * @param failures how many of them could not read the directory
 * @param lastScan what the last one has led to; at first what the tree began with
 * @param lastPlan the last plan; empty if nobody has asked for one
 */
public record ScanState(
    Path directory,
    WatchState watch,
    int underWay,
    long scans,
    long failures,
    LastScan lastScan,
    Optional<LastPlan> lastPlan) {}
