package org.jsupervisor.jmx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jsupervisor.jmx.JmxFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a stranger is held. */
@Timeout(60)
class PeerSocketTest {
  private static final Duration STRANGER_MAX = Duration.ofMillis(300);

  private final Semaphore places = new Semaphore(1);

  /** Somebody connected, and the end of the connection that he has. */
  private record Visit(PeerSocket peer, Socket visitor) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      peer.close();
      visitor.close();
    }
  }

  private Visit visit() throws IOException {
    return visit(new PeerSocket(places, STRANGER_MAX));
  }

  private Visit visit(PeerSocket peer) throws IOException {
    try (ServerSocket door =
        new ServerSocket(0, 1, InetAddress.getLoopbackAddress()) {
          @Override
          public Socket accept() throws IOException {
            implAccept(peer);
            return peer;
          }
        }) {
      Socket visitor = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort());
      assertThat(door.accept()).isSameAs(peer);
      assertThat(peer.takePlace()).isTrue();
      return new Visit(peer, visitor);
    }
  }

  @Test
  void whoSaysNothing_isNotWaitedFor_whateverRmiSays() throws IOException {
    try (Visit visit = visit()) {
      visit.peer().setSoTimeout(7_200_000);
      assertThatThrownBy(() -> visit.peer().getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** A door waits for the next one as long as it takes. */
  @Test
  void whoComesLate_hasAllOfHisTime() throws IOException {
    PeerSocket waiting = new PeerSocket(places, Duration.ofSeconds(2));
    long made = System.nanoTime();
    JmxFixture.await("a long time", () -> System.nanoTime() - made > 3_000_000_000L);
    try (Visit visit = visit(waiting)) {
      visit.visitor().getOutputStream().write(1);
      assertThat(visit.peer().getInputStream().read()).isEqualTo(1);
    }
  }

  /** Each byte began a new wait, so that a byte now and then held a place for days. */
  @Test
  void whoSaysALittleAgainAndAgain_isNotHeldLonger() throws IOException {
    try (Visit visit = visit()) {
      InputStream in = visit.peer().getInputStream();
      OutputStream out = visit.visitor().getOutputStream();
      assertThatThrownBy(() -> drip(out, in)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** There is always a byte to read, for as long as reading is allowed. */
  private static void drip(OutputStream out, InputStream in) throws IOException {
    do {
      out.write(22);
    } while (in.read() == 22);
  }

  @Test
  void whoIsKnown_isWaitedForAsRmiSays() throws IOException {
    try (Visit visit = visit()) {
      visit.peer().setSoTimeout(7_200_000);
      visit.peer().isKnown();
      assertThat(visit.peer().getSoTimeout()).isEqualTo(7_200_000);
      visit.visitor().getOutputStream().write(1);
      assertThat(visit.peer().getInputStream().read()).isEqualTo(1);
      assertThat(visit.peer().getSoTimeout()).isEqualTo(7_200_000);
    }
  }

  @Test
  void place_isGivenBackOnce() throws IOException {
    try (Visit visit = visit()) {
      assertThat(places.availablePermits()).isZero();
      visit.peer().close();
      assertThat(places.availablePermits()).isOne();
    }
    assertThat(places.availablePermits()).isOne();
  }
}
