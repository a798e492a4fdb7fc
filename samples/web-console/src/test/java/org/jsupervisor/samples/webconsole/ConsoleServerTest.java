package org.jsupervisor.samples.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and how far; no bean is needed for that. */
class ConsoleServerTest {
  private static final Token TOKEN = Token.random();
  private static final String AUTHORIZATION = "Authorization: Bearer " + TOKEN.text();
  private static final String JSON = "Content-Type: application/json";
  private static final String QUESTION =
      "[{\"type\":\"read\",\"mbean\":\"org.jsupervisor:type=Supervisor,name=nobody\",\"attribute\":\"Name\"}]";

  private static ConsoleServer console;
  private static Wire wire;

  @BeforeAll
  static void open() throws IOException {
    console = ConsoleServer.open(0, TOKEN);
    wire = new Wire(console.origin().getPort());
  }

  @AfterAll
  static void close() {
    console.close();
  }

  @Test
  void thePage_isThere_withItsTypesAndRules() throws IOException {
    for (var file : PageFiles.TYPES.entrySet()) {
      Wire.Reply reply = wire.get("/" + file.getKey());

      assertThat(reply.status()).as(file.getKey()).isEqualTo(200);
      assertThat(reply.header("content-type")).isEqualTo(file.getValue());
      assertGuarded(reply);
    }
    assertThat(wire.get("/").body()).isEqualTo(wire.get("/index.html").body());
  }

  private static void assertGuarded(Wire.Reply reply) {
    assertThat(reply.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
  }

  /** The browser enforces it, too; this says where it went wrong. */
  @Test
  void thePage_makesNoMarkupOfText() throws IOException {
    for (String name : PageFiles.TYPES.keySet()) {
      try (InputStream file = PageFiles.class.getResourceAsStream("page/" + name)) {
        String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text)
            .as(name)
            .doesNotContainPattern("innerHTML|outerHTML|insertAdjacent|document\\.write|\\beval\\b")
            .doesNotContainPattern("new Function|DOMParser|srcdoc|javascript:|\\son[a-z]+=|style=")
            .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
      }
    }
  }

  @Test
  void head_isAnsweredWithoutABody_andNothingCanBeWritten() throws IOException {
    Wire.Reply head = wire.send("HEAD", "/", List.of("Host: " + wire.host()), "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(wire.post("/index.html", "x").status()).isEqualTo(405);
    assertThat(wire.send("PUT", "/x.js", List.of("Host: " + wire.host()), "").status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../jolokia-policy.xml",
        "/page/../jolokia-policy.xml",
        "/..%2fjolokia-policy.xml",
        "/%2e%2e/jolokia-policy.xml",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/..\\jolokia-policy.xml",
        "/index.html/..",
        "/index.html%00.js",
        "/INDEX.HTML",
        "//etc/passwd",
        "/WebConsole.class",
        "/page/index.html",
        "file:///etc/passwd",
        "*",
      })
  void anyOtherPath_isNotThere(String target) throws IOException {
    Wire.Reply reply = wire.get(target);

    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.body()).doesNotContain("restrict", "root:");
  }

  @Test
  void aQuestion_needsTheToken_inItsHeader() throws IOException {
    String wrong = "Authorization: Bearer " + Token.random().text();
    String basic = "Authorization: Basic " + TOKEN.text();
    String cookie = "Cookie: token=" + TOKEN.text();
    assertThat(wire.post("/jolokia", QUESTION, JSON).status()).isEqualTo(401);
    assertThat(wire.post("/jolokia", QUESTION, JSON, wrong).status()).isEqualTo(401);
    assertThat(wire.post("/jolokia", QUESTION, JSON, basic).status()).isEqualTo(401);
    assertThat(wire.post("/jolokia", QUESTION, JSON, cookie).status()).isEqualTo(401);
    assertThat(wire.post("/jolokia?token=" + TOKEN.text(), QUESTION, JSON).status()).isEqualTo(401);
    assertThat(wire.get("/jolokia/version").status()).isEqualTo(401);
    assertThat(wire.post("/jolokia", QUESTION, JSON).header("www-authenticate"))
        .isEqualTo("Bearer");
    assertThat(wire.post("/jolokia", QUESTION, JSON, AUTHORIZATION).status()).isEqualTo(200);
  }

  @Test
  void aForeignHost_isRefused_evenForThePage() throws IOException {
    int port = console.origin().getPort();
    for (String host : List.of("evil.example:" + port, "127.0.0.1", "127.0.0.1:1", "")) {
      assertThat(wire.send("GET", "/", List.of("Host: " + host), "").status())
          .as(host)
          .isEqualTo(421);
      List<String> headers = List.of("Host: " + host, AUTHORIZATION, JSON, "Content-Length: 0");
      assertThat(wire.send("POST", "/jolokia", headers, "").status()).as(host).isEqualTo(421);
    }
    assertThat(wire.send("GET", "/", List.of(), "").status()).isIn(400, 421);
    List<String> two = List.of("Host: " + wire.host(), "Host: evil.example");
    assertThat(wire.send("GET", "/", two, "").status()).isIn(400, 421);
    assertThat(wire.send("GET", "/", List.of("Host: localhost:" + port), "").status())
        .isEqualTo(200);
  }

  @Test
  void aForeignOrigin_isRefused_evenWithTheToken() throws IOException {
    for (String origin : List.of("http://evil.example", "null", "https://" + wire.host(), "")) {
      Wire.Reply reply = wire.post("/jolokia", QUESTION, JSON, AUTHORIZATION, "Origin: " + origin);
      assertThat(reply.status()).as(origin).isEqualTo(403);
      assertGuarded(reply);
    }
    assertThat(wire.get("/", "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    assertThat(wire.get("/", "Sec-Fetch-Site: same-site").status()).isEqualTo(403);
    assertThat(wire.get("/", "Sec-Fetch-Site: none").status()).isEqualTo(200);
    String own = "Origin: http://" + wire.host();
    assertThat(wire.post("/jolokia", QUESTION, JSON, AUTHORIZATION, own).status()).isEqualTo(200);
  }

  @Test
  void aPreflight_isNotAnswered() throws IOException {
    List<String> headers =
        List.of(
            "Host: " + wire.host(),
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST");
    Wire.Reply reply = wire.send("OPTIONS", "/jolokia", headers, "");

    assertThat(reply.status()).isEqualTo(403);
    assertGuarded(reply);
  }

  @Test
  void whatIsNoQuestion_isRefused() throws IOException {
    assertThat(wire.get("/jolokia", AUTHORIZATION).status()).isEqualTo(405);
    assertThat(wire.get("/jolokia/version", AUTHORIZATION).status()).isEqualTo(405);
    assertThat(wire.post("/jolokia/version", QUESTION, JSON, AUTHORIZATION).status())
        .isEqualTo(404);
    assertThat(wire.post("/jolokia", QUESTION, AUTHORIZATION).status()).isEqualTo(415);
    assertThat(wire.post("/jolokia", QUESTION, AUTHORIZATION, "Content-Type: text/plain").status())
        .isEqualTo(415);
  }

  @Test
  void aLongQuestion_isRefused_whateverItSaysOfItsLength() throws IOException {
    String body = " ".repeat(Gate.BODY_BYTES_MAX + 1);
    assertThat(wire.post("/jolokia", body, JSON, AUTHORIZATION).status()).isEqualTo(413);
    String chunks =
        Integer.toHexString(body.length()).toUpperCase(Locale.ROOT)
            + "\r\n"
            + body
            + "\r\n0\r\n\r\n";
    List<String> headers =
        List.of("Host: " + wire.host(), JSON, AUTHORIZATION, "Transfer-Encoding: chunked");
    assertThat(wire.send("POST", "/jolokia", headers, chunks).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "[1]",
        "[[]]",
        "{\"type\":\"read\"}",
        "[{\"type\":\"read\",\"mbean\":\"no name\"}]",
        "[{\"type\":\"read\",\"mbean\":\"org.jsupervisor:type=Service\"}]",
        "[{\"type\":\"read\",\"mbean\":\"org.jsupervisor:type=Service\",\"attribute\":[]}]",
        "[{\"type\":\"read\",\"mbean\":\"org.jsupervisor:type=Service\",\"target\":{\"url\":\"x\"}}]",
        "[{\"type\":\"read\",\"mbean\":\"org.jsupervisor:type=Service\",\"attribute\":5}]",
        "[{\"type\":\"read\",\"mbean\":[\"org.jsupervisor:type=Service\"],\"attribute\":\"Id\"}]",
        "[{\"type\":\"exec\",\"mbean\":\"org.jsupervisor:type=Service\"}]",
        "[{\"type\":\"exec\",\"mbean\":\"org.jsupervisor:type=Service\",\"operation\":[\"up\"]}]",
        "[{\"type\":\"exec\",\"mbean\":\"org.jsupervisor:type=Service\",\"operation\":{}}]",
        "[{\"type\":\"exec\",\"mbean\":\"org.jsupervisor:type=Service\",\"operation\":7}]",
        "[{\"type\":\"read\",\"mbean\":\"org.jsupervisor:type=Service\",\"attribute\":[null]}]",
      })
  void nonsense_isRefused(String body) throws IOException {
    Wire.Reply reply = wire.post("/jolokia", body, JSON, AUTHORIZATION);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[[]]]]",
        "{}",
        "30",
        "null",
        "[null]",
        "[1e999999999]",
        "[1e99999999999]",
        "[0.5]",
        "[1.0]",
        "[2147483648]",
        "[-2147483649]",
        "[4294967296]",
        "[18446744073709551616]",
      })
  void anArgument_thatNoIntegerCanHold_isRefused(String arguments) throws IOException {
    String call =
        "[{\"type\":\"exec\",\"mbean\":\"org.jsupervisor:type=Service,name=nobody\","
            + "\"operation\":\"up\",\"arguments\":%s}]";
    Wire.Reply refused = wire.post("/jolokia", call.formatted(arguments), JSON, AUTHORIZATION);
    Wire.Reply asked = wire.post("/jolokia", call.formatted("[2147483647]"), JSON, AUTHORIZATION);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).hasSizeLessThan(200);
    assertThat(asked.status()).isEqualTo(200);
  }

  @Test
  void manyQuestions_areRefused() throws IOException {
    String one = QUESTION.substring(1, QUESTION.length() - 1);
    String enough = "[" + (one + ",").repeat(Questions.COUNT_MAX - 1) + one + "]";
    assertThat(wire.post("/jolokia", enough, JSON, AUTHORIZATION).status()).isEqualTo(200);
    String tooMany = "[" + one + "," + enough.substring(1);
    assertThat(wire.post("/jolokia", tooMany, JSON, AUTHORIZATION).status()).isEqualTo(400);
  }

  @Test
  void deepNonsense_doesNotHurt() throws IOException {
    String deep = "[".repeat(Gate.BODY_BYTES_MAX);
    assertThat(wire.post("/jolokia", deep, JSON, AUTHORIZATION).status()).isEqualTo(400);
    int half = Gate.BODY_BYTES_MAX / 2;
    String closed = "[".repeat(half) + "]".repeat(half);
    assertThat(wire.post("/jolokia", closed, JSON, AUTHORIZATION).status()).isEqualTo(400);
    assertThat(wire.get("/").status()).isEqualTo(200);
  }

  @Test
  void theToken_isInTheFragmentOnly_andNotInWords() {
    assertThat(console.address().getFragment()).isEqualTo("token=" + TOKEN.text());
    assertThat(console.address().getRawQuery()).isNull();
    assertThat(console.origin().toString()).doesNotContain(TOKEN.text());
    assertThat(TOKEN.toString()).doesNotContain(TOKEN.text());
    assertThat(TOKEN.text()).hasSize(43).isNotEqualTo(Token.random().text());
  }
}
