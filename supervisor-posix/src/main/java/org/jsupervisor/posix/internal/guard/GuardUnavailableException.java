package org.jsupervisor.posix.internal.guard;

import java.io.Serial;

/** There is no guard, so nothing may be started that is to die with its host. */
public final class GuardUnavailableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String error;

  GuardUnavailableException(String error, String why) {
    super(why);
    this.error = error;
  }

  /** The name of the operating system's error. */
  public String error() {
    return error;
  }
}
