package org.jsupervisor.jmx.remote;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Tells all listeners, and the log: what was denied as a warning. */
final class Audit {
  private static final Logger LOG = System.getLogger("org.jsupervisor.jmx.audit");
  private static final int TEXT_MAX = 200;

  private final List<AuditListener> listeners;

  Audit(List<AuditListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void tell(AuditEvent attempt) {
    boolean isDenied = attempt.outcome() == AuditEvent.Outcome.DENIED;
    LOG.log(isDenied ? Level.WARNING : Level.INFO, attempt.describe());
    for (AuditListener listener : listeners) {
      try {
        listener.onAttempt(attempt);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.WARNING, "an audit listener threw", e);
      }
    }
  }

  /** What a stranger has written, fit for a line of a log. */
  static String plain(Object text) {
    String plain = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() > TEXT_MAX ? plain.substring(0, TEXT_MAX) + "..." : plain;
  }
}
