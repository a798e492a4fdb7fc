package org.jsupervisor.samples.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.json.JSONArray;
import org.jolokia.json.JSONObject;
import org.jolokia.json.parser.JSONParser;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which beans can be asked, and for what, by who has the token. */
@EnabledOnOs(OS.LINUX)
class BeansTest {
  private static final String WEB = "org.jsupervisor:type=Service,supervisor=beans-test,name=web";
  private static final String TREE = "org.jsupervisor:type=Supervisor,name=beans-test";

  private static Host host;
  private static Wire wire;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    host =
        Host.start(
            directory,
            "beans-test",
            """
            [service web]
            command = sh
            argument = -c
            argument = echo "<b>hello</b>"; exec sleep 1000
            ready = launch
            log.tail = 10
            """);
    wire = new Wire(host.console().origin().getPort());
    Host.await("ready", () -> host.child("web"), child -> child.ready());
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static Wire.Reply send(String questions) throws Exception {
    String token = host.console().address().getFragment().substring("token=".length());
    return wire.post(
        "/jolokia", questions, "Content-Type: application/json", "Authorization: Bearer " + token);
  }

  private static Wire.Reply sendOne(Map<String, ?> question) throws Exception {
    return send("[" + json(question).toJSONString() + "]");
  }

  private static JSONArray ask(String questions) throws Exception {
    Wire.Reply reply = send(questions);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return (JSONArray) new JSONParser().parse(reply.body());
  }

  private static JSONObject askOne(Map<String, ?> question) throws Exception {
    return (JSONObject) ask("[" + json(question).toJSONString() + "]").get(0);
  }

  private static JSONObject json(Map<String, ?> values) {
    JSONObject json = new JSONObject();
    json.putAll(values);
    return json;
  }

  private static Map<String, Object> exec(String bean, String operation, Object... values) {
    return Map.of(
        "type", "exec", "mbean", bean, "operation", operation, "arguments", List.of(values));
  }

  private static void assertForbidden(JSONObject answer) {
    assertThat(answer.get("status")).as(answer.toJSONString()).isEqualTo(403L);
    assertThat(answer).doesNotContainKeys("value", "stacktrace");
  }

  @Test
  void aBulkQuestion_isAnswered_andWhatIsForbiddenInIt_isNot() throws Exception {
    JSONArray answers =
        ask(
            """
            [{"type":"read","mbean":"org.jsupervisor:type=Service,supervisor=beans-test,name=*",
              "attribute":["Id","Phase","Ready"]},
             {"type":"read","mbean":"%1$s","attribute":"Generation"},
             {"type":"read","mbean":"%1$s","attribute":["Id","Generation"]},
             {"type":"exec","mbean":"%1$s","operation":"tail"}]
            """
                .formatted(WEB));

    JSONObject services = (JSONObject) ((JSONObject) answers.get(0)).get("value");
    assertThat(services.values())
        .containsExactly(json(Map.of("Id", "web", "Phase", "RUNNING", "Ready", true)));
    assertForbidden((JSONObject) answers.get(1));
    assertForbidden((JSONObject) answers.get(2));
    assertThat(((JSONObject) answers.get(3)).get("value").toString()).contains("<b>hello<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang:type=Runtime",
        "com.sun.management:type=HotSpotDiagnostic",
        "JMImplementation:type=MBeanServerDelegate",
        "jolokia:type=*",
        "org.jsupervisor2:type=Service,supervisor=beans-test,name=web",
        "org.jsupervisor*:type=Service,supervisor=beans-test,name=web",
        "*:type=Service,*",
        "java.lang:type=*",
        "*:*",
        ":type=Service",
      })
  void beansOfOthers_areNotEvenAsked(String bean) throws Exception {
    Map<String, Object> read = Map.of("type", "read", "mbean", bean, "attribute", "Name");

    assertThat(sendOne(read).status()).isEqualTo(403);
    assertThat(sendOne(exec(bean, "up", 0)).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.jsupervisor:type=Supervisor,name=beans-test | stop",
        "org.jsupervisor:type=Supervisor,name=beans-test | selfTest",
        "org.jsupervisor:type=Supervisor,name=beans-test | up",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=web | signal",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=web | ask",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=web | rotate",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=web | up(java.lang.String)",
        "org.jsupervisor:type=Evil,supervisor=beans-test,name=web | up",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=web,type2=Evil | up",
      })
  void otherOperations_areForbidden(String bean, String operation) throws Exception {
    assertForbidden(askOne(exec(bean, operation)));
    assertThat(host.child("web").phase()).isEqualTo(Phase.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.jsupervisor:*",
        "org.jsupervisor:type=Service,supervisor=*,name=*",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=*",
        "org.jsupervisor:type=Service,supervisor=beans-test,name=we?",
      })
  void aPattern_isNoBeanToCall(String pattern) throws Exception {
    assertThat(sendOne(exec(pattern, "down", 0)).status()).isEqualTo(403);
    assertThat(host.child("web").phase()).isEqualTo(Phase.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "search", "version", "config", "notification", "write", "READ"})
  void otherCommands_areRefused(String type) throws Exception {
    assertThat(sendOne(Map.of("type", type, "mbean", WEB, "attribute", "Phase")).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "x,type=Evil", "x,name=web", "*", "a\nb", "../web", "\u0000"})
  void aHostileName_leadsNowhere(String name) throws Exception {
    String bean = "org.jsupervisor:type=Service,supervisor=beans-test,name=";
    for (String each : List.of(bean + name, bean + ObjectName.quote(name))) {
      Wire.Reply reply = sendOne(exec(each, "down", 0));

      assertThat(reply.status()).as(each).isIn(200, 400, 403);
      assertThat(reply.body()).as(each).doesNotContain("\"value\"");
    }
    assertThat(host.child("web").phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void aRestart_isDone_inTheNameOfTheConsole() throws Exception {
    long before = host.child("web").counters().launches();

    JSONObject answer = askOne(exec(WEB, "restart", "new certificate", 30));

    assertThat(answer.get("value").toString()).matches("restarted: pid [0-9]+ ready");
    assertThat(host.child("web").counters().launches()).isEqualTo(before + 1);
    Host.await(
        "an event that says who and why",
        host::events,
        events ->
            events.stream()
                .anyMatch(e -> e.contains("jmx:web-console") && e.contains("new certificate")));
  }

  @Test
  void aStop_andAStart_areDone() throws Exception {
    assertThat(askOne(exec(WEB, "down", 30)).get("value").toString()).isEqualTo("down: phase DOWN");
    assertThat(askOne(exec(WEB, "up", 30)).get("value").toString()).matches("up: pid [0-9]+ ready");
  }

  @Test
  void aRefusal_isTold_inTheWordsOfTheBean() throws Exception {
    JSONObject blank = askOne(exec(WEB, "restart", "", 0));
    assertThat(blank.get("error").toString()).endsWith("reason must not be blank");

    JSONObject tooLong = askOne(exec(WEB, "up", 1000));
    assertThat(tooLong.get("error").toString()).contains("waitSeconds must be 0 to 60, was 1000");
  }

  @Test
  void aClosedConsole_leavesNoBeanOfItsOwn() throws Exception {
    Set<ObjectName> before = jolokiaBeans();
    ConsoleServer other = ConsoleServer.open(0, Token.random());
    assertThat(jolokiaBeans()).hasSizeGreaterThan(before.size());

    other.close();
    other.close();

    assertThat(jolokiaBeans()).isEqualTo(before);
  }

  @Test
  void aConsole_thatCannotListen_leavesNoBeanOfItsOwn() throws Exception {
    Set<ObjectName> before = jolokiaBeans();
    int taken = host.console().origin().getPort();

    assertThatThrownBy(() -> ConsoleServer.open(taken, Token.random()))
        .isInstanceOf(IOException.class);

    assertThat(jolokiaBeans()).isEqualTo(before);
  }

  private static Set<ObjectName> jolokiaBeans() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("jolokia*:*"), null);
  }

  @Test
  void theTree_canBeRead_asFarAsThePageNeedsIt() throws Exception {
    JSONObject name = askOne(Map.of("type", "read", "mbean", TREE, "attribute", "Name"));
    assertThat(name.get("value")).isEqualTo("beans-test");
    assertForbidden(
        askOne(Map.of("type", "read", "mbean", TREE, "attribute", "NotificationsDropped")));
  }
}
