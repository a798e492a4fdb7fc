package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What all answers have in common: the headers that tell a browser what it must not do. */
final class Answers {
  /**
   * Nothing but this page's own files, no frames, no forms, and no way from text to markup or
   * script even by mistake.
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private Answers() {}

  /** Adds the headers; to be called before anything else is done with a request. */
  static void guard(HttpExchange exchange) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  /** Sends a body, or its headers only if that was asked for. */
  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Says no. What was refused is not repeated: it may be anything. */
  static void refuse(HttpExchange exchange, int status, String rule) throws IOException {
    // What is still being sent is not waited for.
    exchange.getResponseHeaders().set("Connection", "close");
    send(
        exchange,
        status,
        "text/plain; charset=utf-8",
        (rule + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
