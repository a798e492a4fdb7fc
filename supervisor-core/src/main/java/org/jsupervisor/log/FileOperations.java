package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Everything that a log directory asks of the file system: the seam at which a test makes a disk
 * fail, or a host die. No method follows a link in the last part of a path. Thread-safe.
 */
interface FileOperations {
  /**
   * A file that is or could be one of a log directory.
   *
   * @param name without the directory
   * @param bytes its size
   */
  record Entry(String name, long bytes) {}

  /** Makes the directory and those above it, closed to others. */
  void makeDirectory(Path directory) throws IOException;

  /** Opens a regular file; refuses anything else before opening it. */
  FileChannel open(Path file, OpenOption... options) throws IOException;

  /** What tells this file from all others at its time. */
  Object keyOf(Path file) throws IOException;

  /** When the file was made; if the file system does not know, when it was last written. */
  Instant madeAt(Path file) throws IOException;

  /** Whether there is anything of this name, also a link that leads nowhere. */
  boolean isThere(Path file);

  /** Gives the file another name, in one step; one that has it already is replaced. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes the file if it is there. */
  void delete(Path file) throws IOException;

  /** The regular files of the directory. */
  List<Entry> list(Path directory) throws IOException;

  /** Sets the execute bit, by which peers know a {@code current} that was closed cleanly. */
  void markClosed(Path file) throws IOException;

  /** Takes the execute bit away. */
  void markOpen(Path file) throws IOException;

  /** Brings the names in the directory to the disk. */
  void syncDirectory(Path directory) throws IOException;
}
