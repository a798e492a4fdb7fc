package org.jsupervisor.core.internal;

import java.util.concurrent.ThreadFactory;

/** The first thread cannot be started, as when the host has no room for one more. */
public final class ScarceThreads implements ThreadFactory {
  private boolean asked;

  @Override
  public Thread newThread(Runnable body) {
    boolean isFirst = !asked;
    asked = true;
    Thread thread =
        new Thread(body, "scarce") {
          @Override
          public synchronized void start() {
            if (isFirst) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            super.start();
          }
        };
    thread.setDaemon(true);
    return thread;
  }
}
