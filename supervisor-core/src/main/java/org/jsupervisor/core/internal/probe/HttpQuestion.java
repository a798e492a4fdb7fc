package org.jsupervisor.core.internal.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.spec.Probe;

/**
 * GET, of which only the status line is read. Not java.net.http: that has a thread of its own, and
 * follows, negotiates and reads more than is wanted here.
 */
final class HttpQuestion {
  private static final int PORT = 80;
  private static final int STATUS_LINE_BYTES_MAX = 512;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] ([0-9]{3})(?: .*)?");

  private HttpQuestion() {}

  static boolean isGood(Probe.Http probe, Duration time) throws IOException {
    URI uri = probe.uri();
    long begin = System.nanoTime();
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    try (Socket socket = Connections.connect(uri.getHost(), port, time)) {
      if (Connections.isItself(socket)) {
        return false;
      }
      socket.getOutputStream().write(request(uri).getBytes(StandardCharsets.US_ASCII));
      OptionalInt status = status(statusLine(socket, begin + time.toNanos()));
      return status.isPresent() && probe.statuses().contains(status.getAsInt());
    }
  }

  /** A URI has neither blanks nor line ends, so nothing can be smuggled in. */
  static String request(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath() == null ? "" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    String target = (path.isEmpty() ? "/" : path) + query;
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: "
        + ascii.getRawAuthority()
        + "\r\nUser-Agent: jsupervisor-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  }

  private static String statusLine(Socket socket, long deadlineNanos) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (line.length() < STATUS_LINE_BYTES_MAX) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        throw new SocketTimeoutException("no status line in its time");
      }
      socket.setSoTimeout(Connections.millis(Duration.ofNanos(left)));
      int next = in.read();
      if (next < 0 || next == '\n') {
        break;
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  static OptionalInt status(String line) {
    Matcher matcher = STATUS_LINE.matcher(line);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
