package org.jsupervisor.samples.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person uses it, in Chromium, on a tree of real processes. */
@EnabledOnOs(OS.LINUX)
class PageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='hacked'>";
  private static final String DEFINITIONS =
      """
      [defaults]
      ready = launch
      log = off
      log.tail = 50

      [service web]
      command = sh
      argument = -c
      argument = echo "first"; echo "%s"; exec sleep 1000

      [service idle]
      command = sh
      argument = -c
      argument = echo "idle runs"; exec sleep 1000
      initially = down

      [service broken]
      command = sh
      argument = -c
      argument = echo "no luck" >&2; exit 78
      ready = alive
      restart = permanent
      restart.backoff = none
      restart.limit = 1
      restart.quarantine = 10m

      [service needy]
      command = sleep
      argument = 1000
      needs = broken
      """
          .formatted(HOSTILE);

  @TempDir static Path directory;
  private static Host host;
  private static Browser browser;

  /** Not before all: what is given up there is counted by nobody. */
  @BeforeEach
  void start() throws Exception {
    for (String tool : List.of("chromium", Browser.DRIVER)) {
      assumeTrue(isThere(tool), "tool missing: " + tool);
    }
    if (host == null) {
      host = Host.start(directory, "page-test", DEFINITIONS);
      browser = Browser.open();
    }
    browser.forgetComplaints();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (host != null) {
      host.close();
    }
  }

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .anyMatch(each -> Files.isExecutable(Path.of(each, tool)));
  }

  private static String row(String service) {
    return "#services a[href$='" + service + "']";
  }

  private static String button(String action) {
    return "#actions [data-action='" + action + "']";
  }

  @Test
  void aTree_isOperated() {
    browser.go(host.console().address());
    browser.await("#tree-name", "page-test"::equals);
    assertThat(browser.address()).isEqualTo(host.console().origin().toString());

    stopsAndStarts();
    restarts();
    tails();
    releases();
    explains();
    tellsAnError();

    assertThat(browser.complaints()).isEmpty();
  }

  /** What the host has answered to what was asked; on a slow machine it does not wait so long. */
  private String answer(String asked) {
    return browser
        .await(
            "#outcome", text -> text.startsWith(asked + ": ") && !text.contains("asked the host"))
        .substring(asked.length() + 2);
  }

  private void stopsAndStarts() {
    browser.click(row("web"));
    browser.await("#detail-word", "ready"::equals);
    browser.click(button("down"));
    browser.await("#ask-title", "Stop web?"::equals);
    browser.click("#ask-do");
    browser.await(row("web"), text -> text.contains("down"));
    assertThat(answer("Stop web")).matches("down: phase DOWN|accepted, not done after 5 s.*");
    assertThat(host.child("web").phase()).isEqualTo(Phase.DOWN);

    browser.click(button("up"));
    browser.await("#detail-word", "ready"::equals);
    assertThat(answer("Start web")).matches("up: pid \\d+ ready|accepted, not done after 5 s.*");
    assertThat(host.child("web").phase()).isEqualTo(Phase.RUNNING);
  }

  private void restarts() {
    long before = host.child("web").counters().launches();
    browser.click(button("restart"));
    // Without a reason the dialog stays.
    browser.click("#ask-do");
    browser.await("#ask-title", "Restart web?"::equals);
    browser.type("#reason", "new certificate\n");
    Host.await("a run", () -> host.child("web").counters().launches(), n -> n == before + 1);
    assertThat(answer("Restart web"))
        .matches("restarted: pid \\d+.*|accepted, not done after 5 s.*");
    Host.await(
        "the reason in an event",
        host::events,
        events -> events.stream().anyMatch(event -> event.contains("new certificate")));
  }

  /** What a service writes is text, whatever it looks like. */
  private void tails() {
    browser.await("#log-lines", text -> text.contains("run 3") && text.contains("first"));
    assertThat(browser.text("#log-lines")).contains(HOSTILE);
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.run("return document.title").toString()).doesNotContain("hacked");
  }

  private void releases() {
    browser.click(row("broken"));
    browser.await("#detail-word", "in quarantine"::equals);
    browser.await("#exit-rows", text -> text.contains("exit code 78"));
    assertThat(browser.text(button("up"))).isEmpty();
    long before = host.child("broken").counters().launches();
    browser.click(button("release"));
    browser.type("#reason", "mended\n");
    Host.await(
        "another try",
        () -> host.child("broken").counters().launches(),
        launches -> launches > before);
  }

  private void explains() {
    browser.click(row("needy"));
    browser.await("#detail-word", "waiting"::equals);
    browser.await("#why-lines", text -> text.contains("broken is "));
    browser.await("#needs", text -> text.contains("broken"));
  }

  private void tellsAnError() {
    browser.click(row("idle"));
    browser.await("#detail-word", "down"::equals);
    browser.click(button("pause"));
    browser.await("#outcome", "Only what is running can be paused."::equals);
    // What the page cannot know: the bean refuses.
    browser.click(button("restart"));
    browser.type("#reason", "String\n");
    browser.await("#outcome", text -> text.contains("refused: reason must be written"));
  }

  /** Wherever it comes from: a name, a reason, a line, an error. */
  @Test
  void markup_isText_everywhere() throws Exception {
    HostileBean bean = new HostileBean(HOSTILE);
    try {
      browser.go(host.console().address());
      browser.click("#services [data-key*='supervisor=hostile'] a");
      browser.await("#detail-name", HOSTILE::equals);
      browser.await("#detail-reason", text -> text.contains(HOSTILE));
      browser.await("#why-lines", text -> text.contains(HOSTILE));
      browser.await("#log-lines", text -> text.contains(HOSTILE));
      browser.click(button("once"));
      browser.await("#outcome", ("Run once " + HOSTILE + ": refused: " + HOSTILE)::equals);

      assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
      assertThat(browser.run("return document.title").toString()).doesNotContain("hacked");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      bean.remove();
    }
  }

  @Test
  void aHostThatIsGone_isTold_andComesBack_withAnotherToken() throws Exception {
    int port;
    try (ConsoleServer console = ConsoleServer.open(0, Token.random())) {
      port = console.origin().getPort();
      browser.go(console.address());
      browser.click(row("web"));
      browser.await("#link", "live"::equals);
    }
    browser.await("#silence", text -> text.contains("The host does not answer: no connection."));
    assertThat(browser.text("#silence")).contains("What is below was true at");
    browser.click(button("once"));
    browser.await("#outcome", "The host does not answer."::equals);

    try (ConsoleServer again = ConsoleServer.open(port, Token.random())) {
      browser.click("#try-now");
      browser.await("#sign-in", text -> text.contains("does not accept this token"));
      browser.type("#token", again.address().getFragment().substring("token=".length()) + "\n");
      browser.await("#link", "live"::equals);
      browser.await("#detail-name", "web"::equals);
    }
  }
}
