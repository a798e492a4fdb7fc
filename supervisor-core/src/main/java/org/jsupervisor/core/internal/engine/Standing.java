package org.jsupervisor.core.internal.engine;

import org.jsupervisor.Refusal;

/** How an operation stands. */
sealed interface Standing {
  Standing WAITING = new Waiting();
  Standing DONE = new Done();

  record Waiting() implements Standing {}

  record Done() implements Standing {}

  record Refused(Refusal refusal, String message) implements Standing {}
}
