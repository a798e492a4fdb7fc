package org.jsupervisor.spec;

import java.nio.file.Path;

/**
 * A log directory: {@code current} is written, and renamed to {@code @<TAI64N>.s} when it is full.
 *
 * <p>Defaults: 10 MiB a file, 10 old files, ISO 8601 timestamps.
 *
 * @param directory made if it is missing; belongs to one child only
 * @param fileBytesMax the size at which {@code current} is rotated, {@value #FILE_BYTES_MIN} to
 *     {@value #FILE_BYTES_MAX}
 * @param oldFilesMax how many rotated files are kept, 1 to {@value #OLD_FILES_MAX}; the oldest goes
 * @param timestamps what is written before each line
 */
public record LogSpec(Path directory, long fileBytesMax, int oldFilesMax, Timestamps timestamps) {
  /** The smallest size of a file. */
  public static final long FILE_BYTES_MIN = 4096;

  /** The largest size of a file. */
  public static final long FILE_BYTES_MAX = 1L << 40;

  /** The most rotated files. */
  public static final int OLD_FILES_MAX = 10_000;

  public LogSpec {
    Problems problems = new Problems();
    if (fileBytesMax < FILE_BYTES_MIN || fileBytesMax > FILE_BYTES_MAX) {
      problems.add(
          "log: file size",
          Long.toString(fileBytesMax),
          "must be " + FILE_BYTES_MIN + " to " + FILE_BYTES_MAX + " bytes");
    }
    if (oldFilesMax < 1 || oldFilesMax > OLD_FILES_MAX) {
      problems.add(
          "log: old files", Integer.toString(oldFilesMax), "must be 1 to " + OLD_FILES_MAX);
    }
    problems.throwIfAny();
  }

  /** The directory with the defaults. */
  public static LogSpec of(Path directory) {
    return new LogSpec(directory, 10L << 20, 10, Timestamps.ISO_8601);
  }
}
