package org.jsupervisor.samples.webconsole;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jolokia.json.JSONArray;
import org.jolokia.json.JSONObject;
import org.jolokia.json.parser.JSONParser;
import org.jolokia.json.parser.ParseException;

/** Chromium without a window, by the WebDriver protocol: what a person does, and what they see. */
final class Browser implements AutoCloseable {
  static final String DRIVER = "chromedriver";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

  /** The key under which WebDriver hands out elements. */
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final URI session;

  private Browser(Process driver, URI root) throws IOException {
    this.driver = driver;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=en-GB"));
    if (System.getProperty("user.name").equals("root")) {
      // Chromium refuses to run its sandbox as root; what it opens here is our own page.
      arguments.add("--no-sandbox");
    }
    Map<String, Object> wanted =
        Map.of(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            json(Map.of("args", new JSONArray(arguments))),
            "goog:loggingPrefs",
            json(Map.of("browser", "ALL")));
    JSONObject capabilities = json(Map.of("alwaysMatch", json(wanted)));
    Object made = call("POST", root.resolve("/session"), Map.of("capabilities", capabilities));
    this.session = root.resolve("/session/" + ((JSONObject) made).get("sessionId") + "/");
  }

  /** Starts a browser of its own, which knows nothing; the driver makes and removes its files. */
  static Browser open() throws IOException {
    Process driver =
        new ProcessBuilder(DRIVER, "--port=0", "--log-level=WARNING")
            .redirectErrorStream(true)
            .start();
    try {
      URI root = URI.create("http://127.0.0.1:" + port(driver.inputReader()));
      return new Browser(driver, root);
    } catch (IOException | RuntimeException | Error e) {
      end(driver);
      throw e;
    }
  }

  private static int port(BufferedReader words) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new IOException(DRIVER + " has not started: " + seen);
  }

  private static JSONObject json(Map<String, ?> values) {
    JSONObject json = new JSONObject();
    json.putAll(values);
    return json;
  }

  /** What the driver answers; its errors are ours. */
  private Object call(String method, URI address, Map<String, ?> values) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(json(values).toJSONString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      Object value = ((JSONObject) new JSONParser().parse(response.body())).get("value");
      if (response.statusCode() != 200) {
        throw new IOException(address.getPath() + ": " + ((JSONObject) value).get("message"));
      }
      return value;
    } catch (ParseException e) {
      throw new IOException(DRIVER + " does not answer in JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Object post(String path, Map<String, ?> values) {
    try {
      return call("POST", session.resolve(path), values);
    } catch (IOException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private Object get(String path) {
    try {
      // An empty body does not hurt a GET.
      HttpRequest request = HttpRequest.newBuilder(session.resolve(path)).timeout(PATIENCE).build();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return ((JSONObject) new JSONParser().parse(body)).get("value");
    } catch (IOException | ParseException e) {
      throw new AssertionError(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path, e);
    }
  }

  void go(URI address) {
    post("url", Map.of("url", address.toString()));
  }

  String address() {
    return String.valueOf(get("url"));
  }

  /** Runs a script in the page, as a function body. */
  Object run(String script, Object... values) {
    return post("execute/sync", Map.of("script", script, "args", new JSONArray(List.of(values))));
  }

  /** The visible text of the first element; empty if there is none, or it cannot be seen. */
  String text(String css) {
    return String.valueOf(
        run(
            "const e = document.querySelector(arguments[0]);"
                + " return e && e.checkVisibility() ? e.innerText : '';",
            css));
  }

  /** Waits until the text of an element is so. */
  String await(String css, Predicate<String> enough) {
    return Host.await("text of " + css + " in " + address(), () -> text(css), enough);
  }

  /** Waits until an element can be seen, and clicks on it as a person does. */
  void click(String css) {
    post("element/" + visible(css) + "/click", Map.of());
  }

  /** Types into an element, or into what has the focus if this is {@code ":focus"}. */
  void type(String css, String text) {
    post("element/" + visible(css) + "/value", Map.of("text", text));
  }

  private String visible(String css) {
    String look =
        "const e = document.querySelector(arguments[0]); return !!e && e.checkVisibility();";
    Host.await(css + " to be seen", () -> run(look, css), Boolean.TRUE::equals);
    Object found = post("element", Map.of("using", "css selector", "value", css));
    return String.valueOf(((JSONObject) found).get(ELEMENT));
  }

  /** How big the page is, and whether its reader has chosen dark colours. */
  void look(int width, int height, String scheme) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            new JSONArray(List.of(json(Map.of("name", "prefers-color-scheme", "value", scheme))))));
  }

  private void devTools(String command, Map<String, ?> values) {
    post("goog/cdp/execute", Map.of("cmd", command, "params", json(values)));
  }

  /** What the page has said to its console: errors, and what the policy has refused. */
  List<String> complaints() {
    Object entries = post("se/log", Map.of("type", "browser"));
    return ((JSONArray) entries)
        .stream().map(entry -> String.valueOf(((JSONObject) entry).get("message"))).toList();
  }

  /** Has {@link #complaints} tell only what comes. */
  void forgetComplaints() {
    var unused = complaints();
  }

  void screenshot(Path file) throws IOException {
    Files.write(file, Base64.getDecoder().decode(String.valueOf(get("screenshot"))));
  }

  @Override
  public void close() {
    try {
      call("DELETE", session, Map.of());
    } catch (IOException e) {
      // It is ended anyway.
    }
    end(driver);
  }

  private static void end(Process driver) {
    List<ProcessHandle> all = new ArrayList<>(driver.descendants().toList());
    all.add(driver.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      try {
        var unused = each.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError(each.info() + " does not end", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
