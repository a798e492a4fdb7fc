package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jolokia's agent in a running scan host, with a password and the policy that the docs show. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class JolokiaTest {
  @TempDir private static Path temp;
  private static OperatedHost host;
  private static Jolokia jolokia;

  @BeforeAll
  static void start() throws Exception {
    Path policy = Path.of("jolokia-policy.xml").toAbsolutePath();
    host = OperatedHost.start(temp, List.of(Jolokia.option(policy, temp)));
    jolokia = Jolokia.in(host.process());
  }

  @AfterAll
  static void end() {
    if (host != null) {
      host.close();
    }
  }

  private static String exec(String bean, String operation, String arguments) {
    return """
        {"type":"exec","mbean":"%s","operation":"%s","arguments":[%s]}"""
        .formatted(bean, operation, arguments);
  }

  @Test
  void list_hasEveryBean_withItsAttributesAndDescriptions() throws Exception {
    Map<?, ?> domain =
        (Map<?, ?>) jolokia.value("{\"type\":\"list\",\"path\":\"org.jsupervisor\"}");
    Map<String, Set<String>> listed = new TreeMap<>();
    domain.forEach(
        (keys, bean) -> {
          Map<?, ?> info = (Map<?, ?>) bean;
          assertThat(info.get("desc")).asString().isNotBlank();
          Set<String> attributes = new TreeSet<>();
          ((Map<?, ?>) info.get("attr")).keySet().forEach(name -> attributes.add(name.toString()));
          listed.put("org.jsupervisor:" + keys, attributes);
        });

    assertThat(listed).isEqualTo(host.beans());
  }

  @Test
  void everyAttributeOfEveryBean_isReadWithoutAnError() throws Exception {
    List<String> questions =
        host.beans().entrySet().stream()
            .flatMap(
                bean ->
                    bean.getValue().stream()
                        .map(
                            attribute ->
                                """
                                {"type":"read","mbean":"%s","attribute":"%s"}"""
                                    .formatted(bean.getKey(), attribute)))
            .toList();

    List<?> answers = jolokia.askAll(questions.stream());

    assertThat(answers).hasSameSizeAs(questions);
    assertThat(answers).allSatisfy(a -> assertThat(((Map<?, ?>) a).get("status")).isEqualTo(200));
    assertThat(answers.toString()).doesNotContain("ERROR");
  }

  @Test
  void restart_bringsANewPid_andTheNotificationsOfIt() throws Exception {
    Map<?, ?> registered =
        (Map<?, ?>) jolokia.value("{\"type\":\"notification\",\"command\":\"register\"}");
    String client = registered.get("id").toString();
    Map<?, ?> pull = (Map<?, ?>) ((Map<?, ?>) registered.get("backend")).get("pull");
    String handle = listen(client, "pull");
    String before = jolokia.value(pidOfWeb()).toString();

    Object answer = jolokia.value(exec(OperatedHost.WEB, "restart", "\"certificate renewed\",10"));

    String after = jolokia.value(pidOfWeb()).toString();
    assertThat(after).isNotEqualTo(before);
    assertThat(answer).asString().contains("restarted", after);
    String store = pull.get("store").toString();
    String taken = "\"%s\",\"%s\"".formatted(client, handle);
    StringBuilder heard = new StringBuilder();
    host.process()
        .await(
            "Jolokia has the notifications",
            () -> heard.append(valueOf(exec(store, "pull", taken))).indexOf("service.ready") >= 0);
    assertThat(heard).contains("service.ended", "service.launched", "RUNNING");
  }

  private static String pidOfWeb() {
    return """
        {"type":"read","mbean":"%s","attribute":"Pid"}"""
        .formatted(OperatedHost.WEB);
  }

  private static String valueOf(String question) {
    try {
      return String.valueOf(jolokia.value(question));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Asks for the notifications of {@code web}, and returns what this is called from now on. */
  private static String listen(String client, String mode) throws Exception {
    return jolokia
        .value(
            """
            {"type":"notification","command":"add","client":"%s","mode":"%s","mbean":"%s"}"""
                .formatted(client, mode, OperatedHost.WEB))
        .toString();
  }

  @Test
  void notifications_comeAsServerSentEvents() throws Exception {
    Map<?, ?> registered =
        (Map<?, ?>) jolokia.value("{\"type\":\"notification\",\"command\":\"register\"}");
    String client = registered.get("id").toString();
    var listening = listen(client, "sse");
    assertThat(listening).isNotEmpty();
    CompletableFuture<Optional<String>> heard =
        jolokia.events(client).thenApplyAsync(JolokiaTest::launched);
    // Jolokia keeps nothing for a listener that is not there yet, and from JDK 25 on its answer
    // begins with the first event only: so there are events until one is heard.
    host.process()
        .await(
            "an event",
            () -> {
              String unused = valueOf(exec(OperatedHost.WEB, "restart", "\"to be heard of\",10"));
              return heard.isDone();
            });
    assertThat(heard.join()).hasValueSatisfying(line -> assertThat(line).contains("\"message\""));
  }

  private static Optional<String> launched(Stream<String> events) {
    try (events) {
      return events.filter(line -> line.contains("service.launched")).findFirst();
    }
  }

  @Test
  void stranger_isNotLetIn() throws Exception {
    assertThat(jolokia.status()).isEqualTo(200);
    assertThat(jolokia.asStranger().status()).isEqualTo(401);
  }

  @Test
  void pageOfAnotherHost_mayNotUseThePassword() throws Exception {
    Map<?, ?> answer = jolokia.asPageOf("http://elsewhere.example").ask(pidOfWeb());

    assertThat(answer.get("status")).as("%s", answer).isEqualTo(403);
  }

  @Test
  void whatThePolicyDoesNotAllow_isRefused() throws Exception {
    Map<?, ?> stop = jolokia.ask(exec(OperatedHost.TREE, "stop", "\"by mistake\""));
    Map<?, ?> diagnostics =
        jolokia.ask(
            exec("com.sun.management:type=DiagnosticCommand", "jvmtiAgentLoad", "\"/no/such.so\""));
    Map<?, ?> memory = jolokia.ask("{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\"}");

    assertThat(Stream.of(stop, diagnostics, memory))
        .allSatisfy(answer -> assertThat(answer.get("status")).isEqualTo(403));
  }

  @Test
  void refusalOfTheSupervisor_isTold() throws Exception {
    Map<?, ?> answer = jolokia.ask(exec(OperatedHost.WEB, "restart", "\"String\",1"));

    assertThat(answer.get("status")).isNotEqualTo(200);
    assertThat(answer.get("error")).asString().contains("reason must be written");
  }
}
