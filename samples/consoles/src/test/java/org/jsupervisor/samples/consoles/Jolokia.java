package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.samples.scanhost.HostProcess;
import org.yaml.snakeyaml.Yaml;

/** A client of the Jolokia agent in a host: HTTP and JSON, as any browser has them. */
final class Jolokia {
  private static final String USER = "olga";

  private static final String OUR_ORIGIN = "http://127.0.0.1";
  private static final String PASSWORD = "not for production";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI address;
  private final HttpClient client;
  private final String origin;

  private Jolokia(URI address, HttpClient client, String origin) {
    this.address = address;
    this.client = client;
    this.origin = origin;
  }

  /**
   * The option of a JVM that starts the agent: on loopback, at a free port, behind a password, which
   * is in a file and so not to be seen by other users.
   */
  static String option(Path policy, Path directory) throws IOException {
    Path config = directory.resolve("jolokia.properties");
    Files.writeString(
        config,
        """
        host=127.0.0.1
        port=0
        user=%s
        password=%s
        policyLocation=%s
        """
            .formatted(USER, PASSWORD, policy.toUri()));
    return "-javaagent:" + OperatedHost.tool("jolokia-agent.jar") + "=config=" + config;
  }

  /** Of the host that was started with that option. */
  static Jolokia in(HostProcess host) {
    String line = host.awaitLine("started with URL http://[^ ]+", 1);
    Authenticator olga =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(USER, PASSWORD.toCharArray());
          }
        };
    return new Jolokia(
        URI.create(line.substring(line.indexOf("http")) + "/"),
        HttpClient.newBuilder().authenticator(olga).build(),
        OUR_ORIGIN);
  }

  /** The same address, by somebody without a password. */
  Jolokia asStranger() {
    return new Jolokia(address, HttpClient.newHttpClient(), OUR_ORIGIN);
  }

  /** The same, with the password, by a page that came from elsewhere. */
  Jolokia asPageOf(String other) {
    return new Jolokia(address, client, other);
  }

  /** The HTTP status alone. */
  int status() throws IOException, InterruptedException {
    return client.send(get("version"), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** The value of an answer that is in order. */
  Object value(String json) throws IOException, InterruptedException {
    Map<?, ?> answer = ask(json);
    assertThat(answer.get("status")).as("%s%n%s", json, answer).isEqualTo(200);
    return answer.get("value");
  }

  /** The answer: {@code status}, and {@code value} or {@code error}. */
  Map<?, ?> ask(String json) throws IOException, InterruptedException {
    return (Map<?, ?>) post(json);
  }

  /** The answers to several questions in one request, in their order. */
  List<?> askAll(Stream<String> questions) throws IOException, InterruptedException {
    return (List<?>) post(questions.collect(Collectors.joining(",", "[", "]")));
  }

  private Object post(String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Origin", origin)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    // What is JSON is YAML.
    return new Yaml().load(response.body());
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(PATIENCE)
        .header("Origin", origin)
        .build();
  }

  /** Server-sent events, line by line, when the answer begins; closing ends the connection. */
  CompletableFuture<Stream<String>> events(String client) {
    HttpRequest request = get("notification/open/" + client + "/sse");
    return this.client
        .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
        .thenApply(
            response -> {
              assertThat(response.statusCode()).isEqualTo(200);
              return response.body();
            });
  }
}
