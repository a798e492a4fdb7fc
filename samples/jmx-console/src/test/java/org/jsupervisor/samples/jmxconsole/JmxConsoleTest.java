package org.jsupervisor.samples.jmxconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The console as an operator uses it, on a tree of real processes. */
@EnabledOnOs(OS.LINUX)
class JmxConsoleTest {
  @TempDir Path directory;

  private final MBeanServer server = MBeanServerFactory.newMBeanServer("test");
  private Supervisor tree;
  private Registration beans;
  private JMXConnectorServer connector;
  private Path urlFile;

  @BeforeEach
  void start() throws Exception {
    ProcessSpec web =
        ProcessSpec.builder("web", "sleep", "1000").withReadiness(ReadinessSpec.atLaunch()).build();
    ProcessSpec idle =
        ProcessSpec.builder("idle", "sleep", "1000")
            .withReadiness(ReadinessSpec.atLaunch())
            .withInitially(Desire.DOWN)
            .build();
    ProcessSpec never =
        ProcessSpec.builder("never", "sleep", "1000")
            .withReadiness(ReadinessSpec.probed(Probe.file(directory.resolve("never"))))
            .withInitially(Desire.DOWN)
            .build();
    tree =
        SupervisorBuilder.of(
                SupervisorSpec.builder("main").addChild(web).addChild(idle).addChild(never).build(),
                PosixPlatform.open())
            .start();
    tree.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
    beans = SupervisorMBeans.register(tree, server);
    connector =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://"), Map.of(), server);
    connector.start();
    urlFile = Files.writeString(directory.resolve("url"), connector.getAddress() + "\n");
  }

  @AfterEach
  void stop() throws Exception {
    connector.stop();
    beans.close();
    tree.close();
  }

  record Outcome(int code, String text) {}

  private Outcome console(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "-u";
    all[1] = "@" + urlFile;
    System.arraycopy(words, 0, all, 2, words.length);
    return run(all);
  }

  static Outcome run(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int code = JmxConsole.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), words);
    return new Outcome(code, bytes.toString(StandardCharsets.UTF_8));
  }

  private long launches(String child) {
    return tree.child(ChildId.of(child)).orElseThrow().counters().launches();
  }

  @Test
  void list_namesAll_andStatus_hasALineForEach() {
    assertThat(console("list")).isEqualTo(new Outcome(0, "idle\nnever\nweb\n"));

    Outcome status = console("status");

    assertThat(status.code()).isZero();
    assertThat(status.text().lines()).hasSize(4);
    assertThat(status.text()).startsWith("SERVICE  PHASE    READY  WANTED  PID");
    assertThat(status.text()).containsPattern("(?m)^idle +down +no +down +- ");
    assertThat(status.text()).containsPattern("(?m)^web +running +yes +up +[0-9]+ ");
    assertThat(console("status", "web").text().lines()).hasSize(2);
  }

  @Test
  void up_down_restart_answerWhatBecameOfIt() {
    assertThat(console("up", "idle").text()).matches("idle: up: pid [0-9]+ ready\\n");
    Outcome restart = console("-r", "new certificate", "restart", "web");
    assertThat(restart.code()).isZero();
    assertThat(launches("web")).isEqualTo(2);
    assertThat(console("down", "web", "idle").text().lines()).hasSize(2);
    assertThat(tree.child(ChildId.of("web")).orElseThrow().phase().name()).isEqualTo("DOWN");
    assertThat(console("explain", "web").text()).contains("web: ").contains("jmx");
  }

  @Test
  void whatFails_isCounted_andTheRestIsDone() {
    Outcome outcome = console("signal", "cont", "web", "nobody", "idle");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text())
        .contains("nobody: there is no such service")
        .containsPattern("(?m)^web: ")
        .containsPattern("(?m)^idle: ");
  }

  @Test
  void rotateAndTail_ofAServiceWithoutALog_areRefusedWithAReason() {
    assertThat(console("rotate", "web").code()).isEqualTo(1);
    assertThat(console("rotate", "web").text()).startsWith("web: ").contains("log directory");
  }

  @Test
  void watch_printsWhatHappens_untilItIsEnded() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Thread watching =
        new Thread(() -> JmxConsole.run(out, "-u", "@" + urlFile, "watch", "web"), "watching");
    watching.start();
    try {
      await(() -> bytes.toString(StandardCharsets.UTF_8).contains("watching 1 services"));
      console("restart", "web");
      await(() -> bytes.toString(StandardCharsets.UTF_8).contains("Z web: "));
    } finally {
      watching.interrupt();
      watching.join(Duration.ofSeconds(30).toMillis());
    }
    assertThat(watching.isAlive()).isFalse();
  }

  @Test
  void watch_endsWithTheConnection() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    AtomicInteger code = new AtomicInteger(-1);
    Thread watching =
        new Thread(() -> code.set(JmxConsole.run(out, "-u", "@" + urlFile, "watch")), "watching");
    watching.start();
    try {
      await(() -> bytes.toString(StandardCharsets.UTF_8).contains("watching 3 services"));
      connector.stop();
      await(() -> code.get() == 111);
    } finally {
      watching.interrupt();
      watching.join(Duration.ofSeconds(30).toMillis());
    }
  }

  @Test
  void tail_ofAServiceWhoseLinesAreNotKept_saysSo() {
    assertThat(console("tail", "web").text())
        .isEqualTo("web: it has written nothing that is kept\n");
  }

  @Test
  void wordsOfSv_meanTheSame() {
    assertThat(console("start", "idle").text()).startsWith("idle: up: pid ");
    assertThat(console("pause", "idle").code()).isZero();
    assertThat(console("status", "idle").text()).contains("running, paused");
    assertThat(console("cont", "idle").code()).isZero();
    assertThat(console("stop", "idle").text()).startsWith("idle: down");
    assertThat(console("hup", "web").text()).startsWith("web: ").contains("HUP");
    assertThat(console("1", "nobody").code()).isEqualTo(1);
    assertThat(console("term").text()).contains("term needs a service");
  }

  @Test
  void check_saysWhetherServicesAreAsWanted() {
    assertThat(console("check"))
        .isEqualTo(
            new Outcome(
                0,
                "idle: ok: DOWN, wanted DOWN\nnever: ok: DOWN, wanted DOWN\nweb: ok: RUNNING, wanted UP\n"));
    assertThat(console("-w", "0", "up", "never").code()).isZero();
    await(() -> tree.child(ChildId.of("never")).orElseThrow().phase() == Phase.RUNNING);

    Outcome check = console("-w", "0", "check", "never");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.text()).startsWith("never: not as wanted: RUNNING, wanted UP");
  }

  @Test
  void whatIsNotDoneInItsTime_hasFailed_asWithSv() {
    Outcome late = console("-w", "1", "up", "never");

    assertThat(late.code()).isEqualTo(1);
    assertThat(late.text()).contains("accepted, not done after 1 s");
  }

  @Test
  void release_isRefused_whenItIsNotInQuarantine() {
    Outcome refused = console("release", "web");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.text()).startsWith("web: ").contains("quarantine");
  }

  @Test
  void ofSeveralTrees_servicesAreShownAndNamedWithTheirTree() throws Exception {
    ProcessSpec web = ProcessSpec.builder("web", "sleep", "1000").build();
    try (Supervisor other =
            SupervisorBuilder.of(
                    SupervisorSpec.builder("other").addChild(web).build(), PosixPlatform.open())
                .start();
        Registration others = SupervisorMBeans.register(other, server)) {
      assertThat(others.names()).isNotEmpty();
      assertThat(console("list").text()).contains("main:web\n", "other:web\n", "main:idle\n");
      Outcome both = console("restart", "web");
      assertThat(both.code()).isEqualTo(1);
      assertThat(both.text())
          .isEqualTo("web: there are several, say which: main:web and other:web\n");
      assertThat(console("restart", "main:web").text()).startsWith("main:web: restarted");
      assertThat(console("-w", "0", "up", "idle").text()).startsWith("main:idle: ");
    }
    assertThat(launches("web")).isEqualTo(2);
    assertThat(console("status", "main:web").code()).isZero();
  }

  @Test
  void watch_hearsOfServicesThatComeLater() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Thread watching =
        new Thread(() -> JmxConsole.run(out, "-u", "@" + urlFile, "watch"), "watching");
    watching.start();
    try {
      await(() -> bytes.toString(StandardCharsets.UTF_8).contains("watching "));
      ProcessSpec late = ProcessSpec.builder("late", "sleep", "1000").build();
      tree.define(late).toCompletableFuture().get(30, TimeUnit.SECONDS);
      await(() -> bytes.toString(StandardCharsets.UTF_8).contains("late: is new"));
      console("-w", "0", "restart", "late");
      await(() -> bytes.toString(StandardCharsets.UTF_8).contains("Z late: "));
    } finally {
      watching.interrupt();
      watching.join(Duration.ofSeconds(30).toMillis());
    }
    assertThat(watching.isAlive()).isFalse();
  }

  @Test
  void wrongCommandLines_areTold_with100() {
    assertThat(run("list").text()).contains("exactly one of -p PID and -u URL");
    assertThat(console("fly", "web").text()).contains("unknown command 'fly'");
    assertThat(console("-w", "x", "list").text()).contains("-w must be 0 to 60, was 'x'");
    assertThat(console("restart")).satisfies(o -> assertThat(o.code()).isEqualTo(100));
    assertThat(console("-z").text()).contains("option '-z' needs a value");
  }

  @Test
  void noConnection_isToldWith111() throws Exception {
    connector.stop();
    assertThat(console("list").code()).isEqualTo(111);
    assertThat(run("-u", "nonsense", "list").code()).isEqualTo(111);
    assertThat(run("-p", "999999999", "list").code()).isEqualTo(111);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
