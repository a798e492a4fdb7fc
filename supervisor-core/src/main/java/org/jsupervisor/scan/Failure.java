package org.jsupervisor.scan;

import java.util.concurrent.CompletionException;

/** What a stage has failed with. */
final class Failure {
  private Failure() {}

  /** Without the wrapping that a stage puts around what another one has failed with. */
  static Throwable cause(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
