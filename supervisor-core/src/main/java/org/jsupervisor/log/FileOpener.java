package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Opens a log file for appending: the seam at which a test makes a disk fail. */
@FunctionalInterface
interface FileOpener {
  /** Opens the file, which is made if it is missing. */
  FileChannel open(Path file) throws IOException;
}
