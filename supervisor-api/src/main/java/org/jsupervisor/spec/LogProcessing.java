package org.jsupervisor.spec;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of a rotated log file, in the background. The limits of the directory hold
 * meanwhile: a file that has to go goes, processed or not.
 */
public sealed interface LogProcessing {
  /** It stays as it is (the default). */
  record None() implements LogProcessing {}

  /** It is compressed, and gets {@code .gz} behind its name. */
  record Gzip() implements LogProcessing {}

  /**
   * A program makes another content of it: reads the file as its stdin, writes what is kept to its
   * stdout, and exits with 0. Otherwise the file stays as it was, and is tried again at the next
   * rotation and the next opening. Its working directory is the log directory, its environment the
   * host's, its stderr {@code /dev/null}. It is started without a shell.
   *
   * @param command the program and its arguments
   * @param timeout after which it is killed
   */
  record ByCommand(Command command, Duration timeout) implements LogProcessing {
    /** How long a program may take unless it is said otherwise, in minutes. */
    public static final int TIMEOUT_MINUTES = 10;

    /**
     * Checks the time.
     *
     * @throws InvalidSpecException if it is not positive
     */
    public ByCommand {
      Problems problems = new Problems();
      problems.requirePositive("log: time of the command", timeout);
      problems.throwIfAny();
    }
  }

  /** It stays as it is. */
  static LogProcessing none() {
    return new None();
  }

  /** It is compressed. */
  static LogProcessing gzip() {
    return new Gzip();
  }

  /** A program makes another content of it, in {@value ByCommand#TIMEOUT_MINUTES} minutes. */
  static LogProcessing command(List<String> argv) {
    return new ByCommand(new Command(argv), Duration.ofMinutes(ByCommand.TIMEOUT_MINUTES));
  }
}
