package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Stands before the beans: a POST of JSON with the token, and not too long. The body is read here
 * and handed on whole, so that nothing behind reads without a limit.
 */
final class Gate extends Filter {
  /** The page's own requests have less than 3 KiB. */
  static final int BODY_BYTES_MAX = 64 * 1024;

  private static final String JSON = "application/json";

  private final Token token;

  Gate(Token token) {
    this.token = token;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    // First of all, so that a stranger learns nothing else.
    if (!token.isIn(header(exchange, "Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      Answers.refuse(exchange, 401, "the token is needed that the host has printed at its start");
    } else if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      Answers.refuse(exchange, 405, "questions are sent by POST");
    } else if (!isJson(header(exchange, "Content-Type"))) {
      Answers.refuse(exchange, 415, "questions are " + JSON);
    } else {
      Optional<byte[]> body = body(exchange);
      if (body.isEmpty()) {
        Answers.refuse(exchange, 413, "a question has at most " + BODY_BYTES_MAX + " bytes");
      } else {
        exchange.setStreams(new ByteArrayInputStream(body.get()), null);
        chain.doFilter(exchange);
      }
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static boolean isJson(String contentType) {
    return contentType.split(";", 2)[0].strip().equalsIgnoreCase(JSON);
  }

  /** Empty if it is too long; what it says about its own length is not believed. */
  private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    return Optional.of(body).filter(bytes -> bytes.length <= BODY_BYTES_MAX);
  }

  @Override
  public String description() {
    return "lets in questions with the token";
  }
}
