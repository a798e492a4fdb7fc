package org.jsupervisor.output;

import java.io.IOException;
import java.util.Optional;

/** A sink that keeps output in files, and can begin a new one when it is asked to. */
public interface RotatingSink extends OutputSink {
  /**
   * Makes an old file of what was taken so far, at once, or when the line ends that it ends with.
   * Does nothing if nothing was taken since the last time. No byte is lost by it.
   *
   * <p>Thread: any, also while another call is under way; may wait for that one, but not for ever.
   *
   * @throws IOException if it could not be done; what was taken is still kept
   */
  void rotate() throws IOException;

  /**
   * How big its files are. Thread: any, at any time; waits for nothing and touches no file. Empty
   * (the default) if that is not known, as before the first byte.
   */
  default Optional<LogSizes> sizes() {
    return Optional.empty();
  }
}
