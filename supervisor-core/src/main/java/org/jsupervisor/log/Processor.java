package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jsupervisor.spec.LogProcessing;

/** Makes another content of an old file. Thread-safe. */
interface Processor {
  /**
   * Reads one file and writes another. Both stay open.
   *
   * @param cancelled asked again and again; when it says yes, the work is given up
   * @return whether the result is whole; if not, somebody has cancelled it
   */
  boolean process(FileChannel from, FileChannel to, BooleanSupplier cancelled) throws IOException;

  /** The state that a processed file gets. */
  OldName.State done(OldName name);

  /** Whether a file of this name has still to be processed. */
  boolean isFor(OldName name);

  /** The processor that does this to the files of the directory; empty if nothing is done. */
  static Optional<Processor> of(LogProcessing processing, Path directory) {
    if (processing instanceof LogProcessing.Gzip) {
      return Optional.of(new GzipProcessor());
    }
    if (processing instanceof LogProcessing.ByCommand command) {
      return Optional.of(new CommandProcessor(command, directory));
    }
    return Optional.empty();
  }
}
