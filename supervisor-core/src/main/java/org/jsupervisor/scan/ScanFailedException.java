package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.file.Path;
import org.jsupervisor.spec.SpecProblem;

/**
 * A scan directory as such could not be read: it is missing, no directory, not readable, not to be
 * trusted, or too large. Nothing is known of its entries then, so nothing may be concluded from
 * their absence. A host that cannot start for it exits with 66 ({@code EX_NOINPUT}).
 */
public final class ScanFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The directory with what is wrong with it. */
  public ScanFailedException(Path directory, String problem) {
    super("scan directory '" + directory + "': " + problem);
  }

  /** The directory with the rule that it breaks. */
  ScanFailedException(Path directory, SpecProblem problem) {
    this(
        directory,
        problem.value().isEmpty()
            ? problem.rule()
            : problem.rule() + ", was '" + problem.value() + "'");
  }

  /** The directory with the error that reading it met. */
  public ScanFailedException(Path directory, IOException cause) {
    super("scan directory '" + directory + "': cannot be read: " + cause, cause);
  }
}
