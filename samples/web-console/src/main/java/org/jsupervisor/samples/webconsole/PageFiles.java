package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The files of the page. They are read once, and looked up by their whole path: no path of a
 * request ever reaches a file system.
 */
final class PageFiles implements HttpHandler {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Each file with its type; there are no others. */
  static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("index.html", HTML),
          Map.entry("console.css", "text/css; charset=utf-8"),
          Map.entry("icon.svg", "image/svg+xml"),
          Map.entry("actions.js", SCRIPT),
          Map.entry("app.js", SCRIPT),
          Map.entry("detail.js", SCRIPT),
          Map.entry("dom.js", SCRIPT),
          Map.entry("host.js", SCRIPT),
          Map.entry("log.js", SCRIPT),
          Map.entry("poll.js", SCRIPT),
          Map.entry("tree.js", SCRIPT),
          Map.entry("words.js", SCRIPT));

  /** By the path that asks for it. */
  private final Map<String, PageFile> files = new HashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record PageFile(String type, byte[] content) {}

  PageFiles() throws IOException {
    for (var file : TYPES.entrySet()) {
      files.put("/" + file.getKey(), new PageFile(file.getValue(), content(file.getKey())));
    }
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream file = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (file == null) {
        throw new IOException("page/" + name + " is missing in this build");
      }
      return file.readAllBytes();
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    PageFile file = files.get("/".equals(path) ? "/index.html" : path);
    if (file == null) {
      Answers.refuse(exchange, 404, "there is no such page");
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Answers.refuse(exchange, 405, "pages can only be read");
    } else {
      Answers.send(exchange, 200, file.type(), file.content());
    }
  }
}
