package org.jsupervisor;

/** A listener's place at a supervisor. Thread-safe. */
public interface Subscription extends AutoCloseable {
  /** How many events this listener has missed so far. */
  long lost();

  /** Ends it: no call begins after this has returned, one may be under way. Idempotent. */
  @Override
  void close();
}
