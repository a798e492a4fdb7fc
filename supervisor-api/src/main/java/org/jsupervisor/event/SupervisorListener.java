package org.jsupervisor.event;

/**
 * Hears what happens in a tree.
 *
 * <p>An event comes after the snapshot that shows it: a listener that reads the tree sees at least
 * what it was just told, maybe more.
 *
 * <p>Thread: the supervisor's notifier, never the engine; one call at a time for all listeners of a
 * tree, so a slow listener delays the others but never the engine. Order: by sequence number. Each
 * listener may fall behind by a bounded number of events; then the oldest are dropped and {@link
 * #onLoss} is called with their number. An exception is logged and counted, and the listener stays
 * subscribed. Any method of the supervisor may be called, but waiting in a listener for an
 * operation to complete blocks the notifier that would complete it.
 */
@FunctionalInterface
public interface SupervisorListener {
  /** Something has happened. */
  void onEvent(PublishedEvent event);

  /** This many events were dropped for this listener just before the next one. */
  default void onLoss(long events) {}
}
