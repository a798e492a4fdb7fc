package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as an operator sees it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class ScanHostTest {
  private static final String FOREVER = "exec sleep 1000";

  @TempDir private Path temp;
  private Path services;
  private Path output;

  @BeforeEach
  void makeDirectory() throws IOException {
    services = Services.directory(temp.resolve("services"));
    output = temp.resolve("output");
  }

  private HostProcess start(String... arguments) throws IOException {
    return HostProcess.start(output, Map.of(), arguments);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  @Test
  void services_run_untilTerm_andAreStoppedInReverseOrder() throws Exception {
    Services.script(services, "a", FOREVER);
    Services.script(services, "b", "echo \"args $# $1 in $PWD\"", FOREVER);
    Services.script(services, "c", FOREVER);
    Services.file(services.resolve("c/down"), "");
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      assertThat(host.output()).contains("all 2 services that should be up are up");
      long a = host.pidOf("a", 1);
      long b = host.pidOf("b", 1);
      assertThat(host.stop()).isZero();
      assertThat(host.output()).doesNotContainPattern(" c +launched");
      assertThat(host.output().indexOf("b              ended"))
          .isPositive()
          .isLessThan(host.output().indexOf("a              ended"));
      assertThat(isAlive(a)).isFalse();
      assertThat(isAlive(b)).isFalse();
    }
    assertThat(Files.readString(services.resolve(".log/b/current")))
        .as("run gets the service's name, in the service's directory")
        .contains("args 1 b in " + services.resolve("b").toRealPath());
  }

  @Test
  void outputToSeveralPlaces_goesOn_andAReloadLeavesItAlone() throws Exception {
    Services.file(
        services.resolve("web.properties"),
        """
        command = sh
        argument = -c
        argument = echo out; echo err >&2; exec sleep 1000
        log.stderr = separate
        log.back-pressure = spill
        log.tail = 5
        log.slf4j = child.web
        log.syslog = %s
        log.syslog.back-pressure = drop-newest
        """
            .formatted(temp.resolve("nobody-listens")));
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      long pid = host.pidOf("web", 1);
      awaitText(services.resolve(".log/web/current"), " out\n");
      awaitText(services.resolve(".log/web.stderr/current"), " err\n");
      host.signal("HUP");
      assertThat(host.awaitLine("added .*", 1)).contains("changed none");
      assertThat(isAlive(pid)).isTrue();
      assertThat(host.stop()).isZero();
    }
  }

  private static void awaitText(Path file, String end) throws Exception {
    long begin = System.nanoTime();
    while (!Files.exists(file) || !Files.readString(file).endsWith(end)) {
      assertThat(System.nanoTime() - begin).as(file.toString()).isLessThan(30_000_000_000L);
      Thread.onSpinWait();
    }
  }

  @Test
  void interrupt_stopsToo() throws Exception {
    Services.script(services, "a", FOREVER);
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      host.signal("INT");
      assertThat(host.awaitExit()).isZero();
      assertThat(isAlive(host.pidOf("a", 1))).isFalse();
    }
  }

  @Test
  void hup_touchesOnlyWhatHasChanged() throws Exception {
    Services.script(services, "kept", FOREVER);
    Services.script(services, "gone", FOREVER);
    Path file = services.resolve("file.properties");
    Services.file(file, "command = sleep\nargument = 1000\n");
    Services.script(services, "broken", FOREVER);
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      long kept = host.pidOf("kept", 1);
      long broken = host.pidOf("broken", 1);
      Services.script(services, "new", FOREVER);
      Services.delete(services.resolve("gone"));
      Services.file(file, "command = sleep\nargument = 2000\n");
      Files.delete(services.resolve("broken/run"));
      host.signal("HUP");
      String report = host.awaitLine("added .*", 1);
      assertThat(report)
          .contains(
              "added [new], changed [file], rolled back none, removed [gone], kept as they were"
                  + " [broken]");
      assertThat(host.awaitLine("refused .*", 1)).contains("broken").contains("run");
      long changed = host.pidOf("file", 2);
      assertThat(isAlive(changed)).isTrue();
      assertThat(isAlive(host.pidOf("new", 1))).isTrue();
      assertThat(isAlive(host.pidOf("gone", 1))).isFalse();
      assertThat(isAlive(kept)).isTrue();
      assertThat(isAlive(broken)).as("the last good definition stays active").isTrue();
      host.awaitLine("scan-host +READY .*", 2);
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  void term_duringAReloadThatTakesLong_stopsAtOnce() throws Exception {
    Path stubborn =
        Services.file(
            services.resolve("a-stubborn.properties"),
            """
            command = sh
            argument = -c
            argument = trap '' TERM; while :; do sleep 1; done
            stop.grace = 60s
            """);
    Services.script(services, "b", FOREVER);
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      Files.delete(stubborn);
      host.signal("HUP");
      host.awaitLine(" a-stubborn +signalled .*", 1);
      host.signal("TERM");
      host.awaitLine(" b +ended .*", 1);
      long pid = host.pidOf("a-stubborn", 1);
      assertThat(isAlive(pid)).as("the grace of what was removed is not over").isTrue();
      assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
      assertThat(host.awaitExit()).isZero();
    }
  }

  @Test
  void reloads_beforeAllIsUp_leadToOneReadyLine() throws Exception {
    Services.script(services, "slow", "while [ ! -e go ]; do sleep 0.1; done; echo >&3", FOREVER);
    Services.file(services.resolve("slow/notification-fd"), "3\n");
    try (HostProcess host = start(services.toString())) {
      host.awaitLine(" slow +launched .*", 1);
      for (int reload = 1; reload <= 3; reload++) {
        host.signal("HUP");
        host.awaitLine("added none, .*", reload);
      }
      Services.file(services.resolve("slow/go"), "");
      host.awaitReady();
      assertThat(host.stop()).isZero();
      assertThat(host.output().lines().filter(line -> line.contains("READY"))).hasSize(1);
    }
  }

  @Test
  void outputThatNobodyReads_stopsNeitherTheServicesNorTheEnd() throws Exception {
    Services.script(services, "a", "touch up", FOREVER);
    // Their problems are more than a pipe holds.
    for (int i = 0; i < 1500; i++) {
      Services.file(services.resolve("refused" + i + ".properties"), "colour = blue\n");
    }
    try (HostProcess host = HostProcess.startUnread(output, services.toString())) {
      host.await("a runs", () -> Files.exists(services.resolve("a/up")));
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  void waitForAHostThatHasEnded_failsAtOnce() throws Exception {
    try (HostProcess host = start()) {
      assertThatThrownBy(host::awaitReady)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("ended with 64, and never: ");
    }
  }

  @Test
  void killedService_isStartedAgain() throws Exception {
    Services.script(services, "a", FOREVER);
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      assertThat(ProcessHandle.of(host.pidOf("a", 1)).orElseThrow().destroyForcibly()).isTrue();
      host.awaitLine(" a +ended +killed by signal KILL .*", 1);
      assertThat(isAlive(host.pidOf("a", 2))).isTrue();
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  void badDefinitions_areAllReportedAtOnce_andTheRestRuns() throws Exception {
    Services.script(services, "good", FOREVER);
    Services.directory(services.resolve("norun"));
    Services.file(Services.directory(services.resolve("notexec")).resolve("run"), "#!/bin/sh\n");
    Services.executable(
        Services.directory(services.resolve("badinterp")).resolve("run"),
        "#!/no/such/interpreter\n");
    Services.file(
        services.resolve("five.properties"),
        """
        command =
        restart = sometimes
        stop.grace = 5
        colour = blue
        log.files = -1
        """);
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      String text = host.output();
      assertThat(text).containsPattern("refused .*norun/run.*");
      assertThat(text).containsPattern("refused .*notexec/run.*execut.*");
      assertThat(text).containsPattern("refused .*badinterp/run:1.*/no/such/interpreter.*");
      assertThat(text).containsPattern("five.properties:1: command: ");
      assertThat(text).containsPattern("five.properties:2: restart: .*sometimes");
      assertThat(text).containsPattern("five.properties:3: stop.grace: .*5");
      assertThat(text).containsPattern("five.properties:4: colour: ");
      assertThat(text).containsPattern("five.properties:5: log.files: .*-1");
      assertThat(isAlive(host.pidOf("good", 1))).isTrue();
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  void badArguments_end64_badDirectory66_withOneLine() throws Exception {
    assertThat(endOf()).isEqualTo(64);
    assertThat(endOf("--colour", services.toString())).isEqualTo(64);
    assertThat(endOf(services.toString(), services.toString())).isEqualTo(64);
    assertThat(endOf(temp.resolve("missing").toString())).isEqualTo(66);
    Path file = Files.createFile(temp.resolve("file"));
    assertThat(endOf(file.toString())).isEqualTo(66);
  }

  private int endOf(String... arguments) throws Exception {
    try (HostProcess host = start(arguments)) {
      int code = host.awaitExit();
      assertThat(host.output().lines()).hasSize(1);
      assertThat(host.output()).startsWith("scan-host: ");
      return code;
    }
  }

  @Test
  void thousandServices_needNoMoreThreadsThanOne() throws Exception {
    Services.script(services, "s0", FOREVER);
    long withOne = threadsWhenReady();
    for (int i = 1; i < 1000; i++) {
      Services.script(services, "s" + i, FOREVER);
    }
    assertThat(threadsWhenReady()).isEqualTo(withOne);
  }

  private long threadsWhenReady() throws Exception {
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      long threads = host.threads();
      assertThat(host.stop()).isZero();
      return threads;
    }
  }
}
