package org.jsupervisor.core.internal.queue;

import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many writers and one reader. Never blocks: a full inbox refuses.
 *
 * <p>It is JCTools' atomic variant: the others use {@code sun.misc.Unsafe}, which newer JDKs warn
 * about and will refuse.
 *
 * @param <T> what is queued
 */
public final class Inbox<T> {
  private final MessagePassingQueue<T> queue;

  /** An inbox for at least so many entries. */
  public Inbox(int capacity) {
    queue = new MpscAtomicArrayQueue<>(Math.max(2, capacity));
  }

  /** Any thread. Returns whether there was room. */
  public boolean offer(T entry) {
    return queue.offer(entry);
  }

  /** The one reader only; null if there is nothing. */
  public @Nullable T poll() {
    return queue.poll();
  }

  /** Any thread: about how many there are. */
  public int size() {
    return queue.size();
  }

  /** The one reader only. */
  public boolean isEmpty() {
    return queue.isEmpty();
  }
}
