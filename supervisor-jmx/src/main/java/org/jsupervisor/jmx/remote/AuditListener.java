package org.jsupervisor.jmx.remote;

/** Is told who did what. */
@FunctionalInterface
public interface AuditListener {
  /**
   * Called on the thread of the connection, when the attempt is over and before its caller is
   * answered; by several threads at once. What it throws is logged and has no other consequence.
   */
  void onAttempt(AuditEvent attempt);
}
