package org.jsupervisor.samples.webconsole;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP byte by byte: what no well-behaved client would send, too. */
final class Wire {
  private static final int PATIENCE_MILLIS = 60_000;

  /**
   * What came back.
   *
   * @param status 0 if the connection was closed without an answer
   * @param headers names in lower case
   * @param body all of it
   */
  record Reply(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final int port;

  Wire(int port) {
    this.port = port;
  }

  /** The address as the page itself uses it. */
  String host() {
    return "127.0.0.1:" + port;
  }

  Reply get(String target, String... headers) throws IOException {
    return send("GET", target, withHost(headers), "");
  }

  Reply post(String target, String body, String... headers) throws IOException {
    List<String> all = withHost(headers);
    all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    return send("POST", target, all, body);
  }

  private List<String> withHost(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Host: " + host());
    return all;
  }

  /** Sends exactly this, and that the connection is to be closed. */
  Reply send(String method, String target, List<String> headers, String body) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    text.append("Connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      return parse(new String(answer, StandardCharsets.UTF_8));
    }
  }

  private static Reply parse(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, Map.of(), answer);
    }
    String[] lines = answer.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(": *", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
    return new Reply(status, headers, answer.substring(end + 4));
  }
}
