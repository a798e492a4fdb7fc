package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jsupervisor.spec.InvalidSpecException;

/** A file that the command line names cannot be used. The message names it, and never quotes it. */
final class UnusableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private UnusableFileException(Path file, Exception cause) {
    super(file + ": " + words(cause), cause);
  }

  private static String words(Exception cause) {
    return cause instanceof NoSuchFileException
        ? "is not there"
        : String.valueOf(cause.getMessage());
  }

  /** How a file is read. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Path file) throws IOException, GeneralSecurityException;
  }

  /** What is read from it; whatever is wrong with it is told with its name. */
  static <T> T checked(Path file, Reading<T> reading) throws UnusableFileException {
    try {
      return reading.read(file);
    } catch (IOException | GeneralSecurityException | InvalidSpecException e) {
      throw new UnusableFileException(file, e);
    }
  }
}
