package org.jsupervisor.rescan;

import java.util.concurrent.CompletionStage;
import org.jsupervisor.Request;

/**
 * A tree that follows a directory of definitions, as operators see it. Which directory that is, and
 * how it is read, was decided by the embedder: nothing here takes a path or a command. Thread-safe;
 * nothing waits.
 */
public interface DirectoryScan {
  /** How it stands. Cheap: nothing is read for it. */
  ScanState state();

  /**
   * What {@link #rescan} would do now. Nothing is done. All requests that come before the directory
   * is read are the same one, so it is read once at a time, however many ask.
   *
   * @return exceptionally if the directory itself cannot be read
   */
  CompletionStage<ChangePlan> plan();

  /**
   * Reads the directory and applies what has changed, also what was rolled back before. What is
   * done to children is told with this asker and reason. All requests that come before the
   * directory is read are the same one, the first asker's, whose reason is then followed by the
   * names of the others, and cut if both are too long; of many, some are only counted.
   *
   * @param request who asks, and why
   * @return done when all is applied and judged, which may take long; exceptionally if the
   *     directory itself cannot be read, and then nothing has changed
   * @throws IllegalArgumentException if the request expects a generation: that is a child's
   */
  CompletionStage<ScanReport> rescan(Request request);
}
