package org.jsupervisor.samples.jmxconsole;

/** What is wrong with a command line, in one line. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
