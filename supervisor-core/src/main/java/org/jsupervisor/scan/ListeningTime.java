package org.jsupervisor.scan;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Subscription;

/** A subscription for as long as somebody needs it. Thread-safe. */
final class ListeningTime {
  private final Supplier<Subscription> subscribe;
  private int users;
  private @Nullable Subscription subscription;

  ListeningTime(Supplier<Subscription> subscribe) {
    this.subscribe = subscribe;
  }

  /** Somebody begins to listen. */
  synchronized void begin() {
    if (users++ == 0) {
      subscription = subscribe.get();
    }
  }

  /** And ends. */
  synchronized void end() {
    if (--users == 0 && subscription != null) {
      subscription.close();
      subscription = null;
    }
  }
}
