package org.jsupervisor;

import org.jsupervisor.process.ChildId;

/** An operation was refused, or ended otherwise than asked. Completes its stage exceptionally. */
public final class OperationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The named reason. */
  private final Refusal refusal;

  /** A refusal that concerns a child. */
  public OperationRefusedException(Refusal refusal, ChildId child, String message) {
    super("child '" + child + "': " + message + " (" + refusal + ")");
    this.refusal = refusal;
  }

  /** The named reason, for programs. */
  public Refusal refusal() {
    return refusal;
  }
}
