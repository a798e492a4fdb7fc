package org.jsupervisor.core.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each probe takes for a yes, asked of real sockets and files. */
class QuestionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  private boolean ask(Probe probe, Duration timeout) throws IOException {
    return Question.of(ReadinessSpec.probed(probe).withTimeout(timeout), directory).ask();
  }

  private boolean ask(Probe probe) throws IOException {
    return ask(probe, PATIENCE);
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @Test
  void tcp_isAskedByAConnection() throws IOException {
    int port;
    try (ServerSocket server = server()) {
      port = server.getLocalPort();
      assertThat(ask(Probe.tcp(port))).isTrue();
    }
    assertThatThrownBy(() -> ask(Probe.tcp(port))).isInstanceOf(IOException.class);
  }

  @Test
  void unixSocket_isAskedByAConnection_fromTheChildsDirectory() throws IOException {
    Path path = directory.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      assertThat(ask(Probe.unixSocket(Path.of("s")))).isTrue();
      assertThat(ask(Probe.unixSocket(path))).isTrue();
    }
    assertThatThrownBy(() -> ask(Probe.unixSocket(path)))
        .as("its file alone")
        .isInstanceOf(IOException.class);
  }

  @Test
  void file_isThereOrNot() throws IOException {
    assertThat(ask(Probe.file(Path.of("up")))).isFalse();
    Files.createFile(directory.resolve("up"));
    assertThat(ask(Probe.file(Path.of("up")))).isTrue();
  }

  /** Answers one request with these bytes; gives the request. */
  private static CompletableFuture<String> answer(ServerSocket server, String response) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket socket = server.accept()) {
            StringBuilder request = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (request.indexOf("\r\n\r\n") < 0) {
              request.append((char) in.read());
            }
            socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
            return request.toString();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK, true",
    "HTTP/1.0 204, true",
    "HTTP/1.1 302 Found, true",
    "HTTP/1.1 400 Bad Request, false",
    "HTTP/1.1 503 Service Unavailable, false",
    "HTTP/1.1 100 Continue, false",
    "SSH-2.0-OpenSSH_9.2, false",
    "200 OK, false"
  })
  void http_isAskedByItsStatus(String statusLine, boolean good) throws Exception {
    try (ServerSocket server = server()) {
      CompletableFuture<String> request = answer(server, statusLine + "\r\n\r\n");
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/up?deep=1");
      assertThat(ask(Probe.http(uri))).isEqualTo(good);
      assertThat(request.get(20, TimeUnit.SECONDS))
          .startsWith("GET /up?deep=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.getLocalPort());
    }
  }

  @Test
  void http_hasOtherGoodStatuses_ifTheyAreGiven() throws IOException {
    try (ServerSocket server = server()) {
      CompletableFuture<String> unused = answer(server, "HTTP/1.1 401 Unauthorized\r\n\r\n");
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
      assertThat(ask(new Probe.Http(uri, Set.of(401)))).isTrue();
    }
  }

  @Test
  void serverThatNeverAnswers_isGivenUpInItsTime() throws IOException {
    try (ServerSocket server = server()) {
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
      assertThatThrownBy(() -> ask(Probe.http(uri), Duration.ofMillis(50)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void serverThatAnswersWithoutEnd_isGivenUp() throws IOException {
    try (ServerSocket server = server()) {
      CompletableFuture<String> unused = answer(server, "x".repeat(100_000));
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
      assertThat(ask(Probe.http(uri))).isFalse();
    }
  }

  @Test
  void request_hasNoLineEndOfTheUser() {
    assertThat(HttpQuestion.request(URI.create("http://h/a%0d%0aX:%20y?b")))
        .startsWith("GET /a%0d%0aX:%20y?b HTTP/1.1\r\nHost: h\r\n");
    assertThat(HttpQuestion.request(URI.create("http://h"))).startsWith("GET / HTTP/1.1\r\n");
    assertThat(HttpQuestion.request(URI.create("http://h?q"))).startsWith("GET /?q HTTP/1.1\r\n");
  }
}
