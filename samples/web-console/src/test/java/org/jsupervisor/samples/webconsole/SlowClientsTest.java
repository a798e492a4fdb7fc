package org.jsupervisor.samples.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who begins a request and does not end it; the JVM has no limits of time here. */
class SlowClientsTest {
  @Test
  void halfSentRequests_holdUpNobodyElse() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try (ConsoleServer other = ConsoleServer.open(0, Token.random())) {
      int port = other.origin().getPort();
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        slow.add(socket);
        socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.UTF_8));
      }

      assertThat(new Wire(port).get("/").status()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aRequest_thatNoThreadIsLeftFor_isRefused_andDoesNotQueue() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try (ConsoleServer other = ConsoleServer.open(0, Token.random())) {
      int port = other.origin().getPort();
      for (int i = 0; i <= ConsoleServer.THREADS_MAX; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        slow.add(socket);
        socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.UTF_8));
      }

      Host.await("a refusal", () -> isRefused(port), refused -> refused);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Closed without an answer, by an end or by a reset. */
  private static boolean isRefused(int port) {
    try {
      return new Wire(port).get("/").status() == 0;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
