package org.jsupervisor.jmx.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that somebody has opened. Until TLS knows who that is, it is held for so long only,
 * however slowly bytes come and whatever RMI says, whose own limit is two hours and whose thread it
 * holds.
 */
final class PeerSocket extends Socket {
  private final Semaphore places;
  private final long strangerNanosMax;
  private final AtomicBoolean hasPlace = new AtomicBoolean();
  private long begin = System.nanoTime();
  private boolean known;
  private int wantedMillis;

  PeerSocket(Semaphore places, Duration strangerMax) {
    this.places = places;
    this.strangerNanosMax = strangerMax.toNanos();
  }

  /** Somebody has connected, and his time begins. False if there are too many. */
  synchronized boolean takePlace() {
    begin = System.nanoTime();
    hasPlace.set(places.tryAcquire());
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
    if (known) {
      super.setSoTimeout(millis);
    }
  }

  /** Lets the next read of a stranger wait for what is left of his time. */
  private synchronized void limitRead() throws IOException {
    if (known) {
      return;
    }
    long left = strangerNanosMax - (System.nanoTime() - begin);
    if (left <= 0) {
      throw new SocketTimeoutException("no handshake within " + Duration.ofNanos(strangerNanosMax));
    }
    int millis = Math.toIntExact(left / 1_000_000) + 1;
    super.setSoTimeout(wantedMillis == 0 ? millis : Math.min(millis, wantedMillis));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        limitRead();
        return in.read();
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        limitRead();
        return in.read(into, from, length);
      }
    };
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
