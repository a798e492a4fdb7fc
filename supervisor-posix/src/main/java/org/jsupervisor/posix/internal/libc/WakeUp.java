package org.jsupervisor.posix.internal.libc;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a wait in {@link Epoll}, the current one or the next. {@link #ring} is for any thread, also
 * after {@link #close}; the rest is for the thread that waits.
 */
public final class WakeUp {
  private final Libc libc;
  private final int descriptor;
  // Only to read the counter into: its value does not matter.
  private final NativeMemory counter = new NativeMemory(Long.BYTES);
  private final AtomicBoolean rung = new AtomicBoolean();
  // Without it a late ring could write to a descriptor that by then is somebody else's.
  private final Object closing = new Object();
  private boolean closed;

  WakeUp(Libc libc) throws SyscallException {
    this.libc = libc;
    this.descriptor = libc.eventfd();
  }

  /** A bell that has not been rung, watched by this id. If there is none, the epoll is closed. */
  public static WakeUp in(Epoll epoll, long id, Libc libc) throws SyscallException {
    WakeUp made = null;
    try {
      made = new WakeUp(libc);
      epoll.add(made.descriptor, Epoll.IN, id);
      return made;
    } catch (SyscallException e) {
      if (made != null) {
        made.close();
      }
      epoll.close();
      throw e;
    }
  }

  /** Ends the wait. Many rings before the waiter comes round are one. */
  public void ring() {
    if (rung.compareAndSet(false, true)) {
      synchronized (closing) {
        if (!closed) {
          libc.addToEventfd(descriptor);
        }
      }
    }
  }

  /**
   * Makes ready for the next ring. The waiter calls this when the descriptor is readable, and
   * <em>before</em> it looks at what the ringers have left for it: who finds the bell rung already
   * has left it before that look; who rings later ends the next wait.
   */
  public void reset() {
    libc.read(descriptor, counter.address(), Long.BYTES);
    rung.set(false);
  }

  /** Releases the descriptor and the epoll that watches it, once. */
  public void closeWith(Epoll epoll) {
    epoll.remove(descriptor);
    close();
    epoll.close();
  }

  /** Releases the descriptor, which nothing may be watching any more. Idempotent. */
  public void close() {
    synchronized (closing) {
      if (!closed) {
        closed = true;
        libc.close(descriptor);
      }
    }
  }
}
