package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.service.impl.QuietLogHandler;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;

/**
 * Answers questions about beans by Jolokia's protocol, as far as {@code jolokia-policy.xml} allows.
 * Only the two services are there that this needs: what Jolokia can do besides (proxying to other
 * JVMs, discovery, notifications, history) is not.
 */
final class Beans implements HttpHandler, AutoCloseable {
  static final String PATH = "/jolokia";

  /** Stands in the log of the tree: {@code asked by jmx:web-console}. */
  private static final Subject CALLER =
      new Subject(true, Set.of(new JMXPrincipal("web-console")), Set.of(), Set.of());

  private final JolokiaServiceManager services;
  private final HttpRequestHandler jolokia;

  private Beans(JolokiaServiceManager services, HttpRequestHandler jolokia) {
    this.services = services;
    this.jolokia = jolokia;
  }

  static Beans open() throws IOException {
    StaticConfiguration settings =
        new StaticConfiguration(
            // Part of the name of a bean of Jolokia's own: two consoles in a JVM must not clash.
            ConfigKey.AGENT_ID, "web-console-" + UUID.randomUUID(),
            ConfigKey.INCLUDE_REQUEST, "false",
            ConfigKey.ALLOW_ERROR_DETAILS, "false",
            ConfigKey.DISABLE_DETECTORS, "true");
    JolokiaServiceManager services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(
            settings, new QuietLogHandler(), policy(), unused -> new TreeSet<>());
    services.addService(new JolokiaSerializer());
    services.addService(new LocalRequestHandler(1));
    return new Beans(services, new HttpRequestHandler(services.start()));
  }

  private static PolicyRestrictor policy() throws IOException {
    try (InputStream file = Beans.class.getResourceAsStream("jolokia-policy.xml")) {
      return new PolicyRestrictor(file);
    }
  }

  /** Errors of beans are answers, too: status 200, and the words in the body. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      Answers.refuse(exchange, 404, "questions go to " + PATH);
      return;
    }
    Questions questions;
    try {
      questions = Questions.parse(exchange.getRequestBody());
    } catch (Questions.RefusedException e) {
      Answers.refuse(exchange, e.status(), String.valueOf(e.getMessage()));
      return;
    }
    JSONStructure answers =
        Subject.doAs(CALLER, (PrivilegedAction<JSONStructure>) () -> answers(questions));
    Answers.send(
        exchange,
        200,
        "application/json; charset=utf-8",
        answers.toJSONString().getBytes(StandardCharsets.UTF_8));
  }

  // What Jolokia did not expect is an answer, too, as in its own agents.
  private JSONStructure answers(Questions questions) {
    byte[] text = questions.list().toJSONString().getBytes(StandardCharsets.UTF_8);
    try {
      return jolokia.handlePostRequest(PATH, new ByteArrayInputStream(text), "UTF-8", Map.of());
    } catch (BadRequestException | EmptyResponseException | RuntimeException e) {
      return jolokia.handleThrowable(e);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    services.stop();
  }
}
