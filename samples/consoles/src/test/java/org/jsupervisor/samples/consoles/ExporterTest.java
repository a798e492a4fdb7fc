package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.jmx.ServiceMXBean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent of jmx_exporter in a running scan host, with the rules out of supervisor-jmx' jar. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class ExporterTest {
  /** What is a metric already, of another bean or of a part of another attribute. */
  private static final List<String> SAID_TWICE =
      List.of(
          "view=Log><>LostBytes",
          "view=Health><>StartTimeoutCount",
          "view=Health><>WatchdogCount",
          "type=Supervisor, name=main><>NotificationsDropped");

  @TempDir private static Path temp;
  @AutoClose private static OperatedHost host;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Path rules = Monitoring.unpacked(Monitoring.EXPORTER, temp);
    port = freePort();
    host =
        OperatedHost.start(
            temp,
            List.of(
                "-javaagent:%s=127.0.0.1:%d:%s"
                    .formatted(OperatedHost.tool("jmx-exporter.jar"), port, rules)));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void scrape_hasWhatIsDocumented_andNothingElseOfOurs() throws Exception {
    try (Attached attached = host.attach()) {
      assertThat(attached.platform().selfTest()).isNotEmpty();
    }
    Scrape scrape = Scrape.of(port);

    assertThat(scrape.value("jmx_scrape_error")).isZero();
    assertThat(scrape.ours().keySet())
        .containsExactlyInAnyOrderElementsOf(Monitoring.documented().keySet());
    Monitoring.documented()
        .forEach(
            (name, metric) -> {
              Scrape.Metric scraped = scrape.ours().get(name);
              assertThat(scraped.type()).as(name).isEqualTo(metric.type());
              assertThat(scraped.help()).as(name).isEqualTo(metric.meaning());
              assertThat(String.join(", ", scraped.labels())).as(name).isEqualTo(metric.labels());
            });
  }

  /**
   * What a bean declares as counter or gauge is a metric of that type, also of a bean that is new.
   */
  @Test
  void everyNumberOfEveryBean_isAMetric() throws Exception {
    List<Monitoring.Rule> rules = Monitoring.rules();
    Map<String, String> missing;
    try (Attached attached = host.attach()) {
      missing = attached.numbers();
    }
    assertThat(missing).hasSizeGreaterThan(100);

    missing.entrySet().removeIf(number -> rules.stream().anyMatch(rule -> makes(rule, number)));
    missing.keySet().removeIf(number -> SAID_TWICE.stream().anyMatch(number::endsWith));

    assertThat(missing).isEmpty();
  }

  private static boolean makes(Monitoring.Rule rule, Map.Entry<String, String> number) {
    return rule.pattern().matcher(number.getKey() + ": 12").find()
        && rule.metric().type().equals(number.getValue());
  }

  @Test
  void everyServiceAndTheTree_haveSamples_thatTellTheirState() throws Exception {
    Scrape scrape = Scrape.of(port);

    Set<String> services = new TreeSet<>();
    scrape
        .metrics()
        .get("supervisor_service_ready")
        .samples()
        .keySet()
        .forEach(labels -> services.add(labels.get("service")));
    assertThat(services).containsExactly("failed", "idle", "talker", "waiting", "web");
    assertThat(scrape.value("supervisor_tree_services", "supervisor", "main")).isEqualTo(5);
    assertThat(scrape.value("supervisor_service_ready", "service", "web")).isEqualTo(1);
    assertThat(scrape.value("supervisor_service_ready", "service", "idle")).isZero();
    assertThat(scrape.value("supervisor_service_wanted", "service", "web")).isEqualTo(1);
    assertThat(scrape.value("supervisor_service_wanted", "service", "idle")).isZero();
    assertThat(scrape.value("supervisor_service_last_exit_code", "service", "failed")).isEqualTo(7);
    assertThat(scrape.value("supervisor_service_phase", "service", "waiting", "phase", "BACKOFF"))
        .isEqualTo(1);
    assertThat(scrape.value("supervisor_service_process_threads", "service", "web")).isEqualTo(1);
    double started =
        scrape.value("supervisor_service_process_start_timestamp_seconds", "service", "web");
    assertThat(started).isBetween(1.7e9, 1e11);
  }

  @Test
  void restarts_areCounted_thoseOfThePolicyAndThoseOfAnOperator() throws Exception {
    Scrape before = Scrape.of(port);
    long pid = host.killWeb(1);
    Scrape killed = Scrape.of(port);
    try (Attached host = ExporterTest.host.attach()) {
      host.service("web").restart("certificate renewed", ServiceMXBean.WAIT_SECONDS_MAX);
      assertThat(host.service("web").getPid()).isNotEqualTo(pid);
    }
    Scrape restarted = Scrape.of(port);

    assertThat(increase(before, killed, "supervisor_service_restarts_total")).isEqualTo(1);
    assertThat(increase(before, killed, "supervisor_service_launches_total")).isEqualTo(1);
    assertThat(increase(before, killed, "supervisor_service_exits_total")).isEqualTo(1);
    assertThat(increase(killed, restarted, "supervisor_service_restarts_total")).isZero();
    assertThat(increase(killed, restarted, "supervisor_service_launches_total")).isEqualTo(1);
    assertThat(restarted.value("supervisor_service_last_exit", "service", "web")).isEqualTo(1);
  }

  private static double increase(Scrape before, Scrape after, String counter) {
    return after.value(counter, "service", "web") - before.value(counter, "service", "web");
  }

  /** What somebody writes as a reason becomes an attribute, but never a metric. */
  @Test
  void reasonThatLooksLikeAnAttribute_makesNoMetric() throws Exception {
    String forged = "org.jsupervisor<type=Service, supervisor=main, name=forged><>RestartCount: 9";
    try (Attached host = ExporterTest.host.attach()) {
      ServiceMXBean idle = host.service("idle");
      idle.up(ServiceMXBean.WAIT_SECONDS_MAX);
      idle.ask("down", forged, idle.getGeneration(), 0);
      // It ignores TERM, so that this stays.
      ExporterTest.host
          .process()
          .await("the reason is an attribute", () -> idle.getReason().contains(forged));

      Scrape scrape = Scrape.of(port);

      assertThat(idle.getReason()).contains(forged);
      assertThat(scrape.ours().toString()).contains("service=idle").doesNotContain("forged");
      idle.signal("KILL");
    }
  }
}
