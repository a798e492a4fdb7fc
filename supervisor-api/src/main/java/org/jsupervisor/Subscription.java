package org.jsupervisor;

/** A listener's place at a supervisor. Thread-safe. */
public interface Subscription extends AutoCloseable {
  /** How many events this listener has missed so far. */
  long lost();

  /** Ends it: at most the one call that is about to begin or under way still comes. Idempotent. */
  @Override
  void close();
}
