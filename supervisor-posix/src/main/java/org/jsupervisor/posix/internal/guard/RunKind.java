package org.jsupervisor.posix.internal.guard;

import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;

/** What the guard does with a run when the host is gone. */
public enum RunKind {
  /** All of it is killed, wherever it is. */
  DIE('d'),
  /** The child and its session are killed; what has left it is kept, as its spec says. */
  DIE_BUT_KEEP('k'),
  /** Nothing of it is killed. */
  SURVIVE('s');

  private final char letter;

  RunKind(char letter) {
    this.letter = letter;
  }

  /** As the spec says. */
  public static RunKind of(ProcessSpec spec) {
    if (spec.hostDeath() == HostDeath.SURVIVE) {
      return SURVIVE;
    }
    return spec.leftovers() == Leftovers.KEPT ? DIE_BUT_KEEP : DIE;
  }

  /** How it is written in tokens and in the table. */
  char letter() {
    return letter;
  }
}
