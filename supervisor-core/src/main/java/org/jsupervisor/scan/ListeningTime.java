package org.jsupervisor.scan;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Subscription;

/** A subscription for as long as somebody needs it. Thread-safe. */
final class ListeningTime {
  private final Supplier<Subscription> subscribe;
  private final ReentrantLock gate = new ReentrantLock();
  private int users;
  private @Nullable Subscription subscription;

  ListeningTime(Supplier<Subscription> subscribe) {
    this.subscribe = subscribe;
  }

  /** Somebody begins to listen. */
  void begin() {
    gate.lock();
    try {
      if (subscription == null) {
        subscription = subscribe.get();
      }
      users++;
    } finally {
      gate.unlock();
    }
  }

  /** And ends. */
  void end() {
    gate.lock();
    try {
      users--;
      if (users == 0 && subscription != null) {
        subscription.close();
        subscription = null;
      }
    } finally {
      gate.unlock();
    }
  }
}
