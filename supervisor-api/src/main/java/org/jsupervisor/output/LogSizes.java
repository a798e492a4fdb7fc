package org.jsupervisor.output;

/**
 * How big a log is: what its writer knows, without a look at the disk. Immutable.
 *
 * @param currentBytes the file that is being written
 * @param oldFiles how many old files there are
 * @param oldBytes how big they are together
 */
public record LogSizes(long currentBytes, int oldFiles, long oldBytes) {
  /** All of it. */
  public long bytes() {
    return currentBytes + oldBytes;
  }
}
