package org.jsupervisor.jmx.remote;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that somebody has opened. Until TLS knows who that is, it is not waited for long,
 * whatever RMI says, whose own limit is two hours and whose thread it holds.
 */
final class PeerSocket extends Socket {
  private static final int STRANGER_MILLIS_MAX = 10_000;

  private final Semaphore places;
  private final AtomicBoolean hasPlace = new AtomicBoolean();
  private boolean known;
  private int wantedMillis;

  PeerSocket(Semaphore places) {
    this.places = places;
  }

  /** False if there are too many. */
  boolean takePlace() throws SocketException {
    hasPlace.set(places.tryAcquire());
    setSoTimeout(STRANGER_MILLIS_MAX);
    return hasPlace.get();
  }

  /** From now on what RMI says holds. */
  synchronized void isKnown() {
    known = true;
    try {
      super.setSoTimeout(wantedMillis);
    } catch (SocketException closed) {
      // Then nobody waits for it any more.
    }
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    wantedMillis = millis;
    boolean isLong = millis == 0 || millis > STRANGER_MILLIS_MAX;
    super.setSoTimeout(!known && isLong ? STRANGER_MILLIS_MAX : millis);
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      super.close();
    } finally {
      if (hasPlace.compareAndSet(true, false)) {
        places.release();
      }
    }
  }
}
