package org.jsupervisor.core.internal;

import java.util.concurrent.ThreadFactory;

/** One of the threads cannot be started, as when the host has no room for one more. */
public final class ScarceThreads implements ThreadFactory {
  private final int refused;
  private int asked;

  /** The first one cannot. */
  public ScarceThreads() {
    this(1);
  }

  /** The n-th one cannot. */
  public ScarceThreads(int refused) {
    this.refused = refused;
  }

  @Override
  public Thread newThread(Runnable body) {
    asked++;
    boolean isRefused = asked == refused;
    Thread thread =
        new Thread(body, "scarce") {
          @Override
          public synchronized void start() {
            if (isRefused) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            super.start();
          }
        };
    thread.setDaemon(true);
    return thread;
  }
}
