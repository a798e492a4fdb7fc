package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same service directory under its own supervisor and under the scan host: its first run exits
 * with 3, its second is killed, its third is stopped. Starts, arguments, working directories,
 * environment, what the logger reads, and the order of the stop are the same.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PeersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private static final String[] RUN = {
    "exec 2>&1",
    "n=$(($(cat count 2>/dev/null || echo 0) + 1))",
    "echo $n >count",
    "echo \"run $n [$*] in $PWD\" >>trace",
    "env | sort >env.$n",
    "echo \"out $n\"",
    "echo \"err $n\" >&2",
    "case $n in",
    "1) exit 3 ;;",
    "2) kill -KILL $$ ;;",
    "esac",
    "trap 'echo \"run is stopped\" >>trace; echo last words; exit 0' TERM",
    // A read of the shell itself: a program that it starts would hear a signal to the group, too.
    "mkfifo pipe",
    "exec 9<>pipe",
    ": >third",
    "while :; do read -r line <&9; done"
  };

  /** Ends by what it reads, or by TERM, and tells which. */
  private static final String[] READER = {
    "echo run >>trace",
    "trap 'echo TERM >>trace; exit 0' TERM",
    "mkfifo pipe",
    "exec 9<>pipe",
    ": >third",
    "read -r line <&9",
    "echo \"read $line\" >>trace"
  };

  private static final String FINISH =
      "#!/bin/sh\necho \"finish [$1 $2 $3] in $PWD\" >>trace\necho \"finish after $1\"\n";

  private static final String[] LOG = {
    "echo \"log [$*] in $PWD\" >>../trace.log", "cat >>lines", "echo \"log has its end\" >>../trace"
  };

  /** What comes from the shell, or from the supervisor itself. */
  private static final List<String> NOT_COMPARED =
      List.of("_", "PWD", "OLDPWD", "SHLVL", "JSUPERVISOR_RUN");

  @TempDir private Path temp;
  private Path there;
  private Path here;

  private record Observed(
      List<String> trace, List<String> log, List<String> lines, List<String> environment) {}

  @BeforeEach
  void makeServices() throws IOException {
    there = service(Services.directory(temp.resolve("there")));
    here = service(Services.directory(temp.resolve("here")));
  }

  @AfterEach
  void leaveNoProcess() {
    LiveProcesses.workingBelow(temp).forEach(ProcessHandle::destroyForcibly);
  }

  private static Path service(Path scanDirectory) throws IOException {
    Path service = Services.script(scanDirectory, "svc", RUN).getParent();
    Services.executable(service.resolve("finish"), FINISH);
    Path unused = Services.script(service, "log", LOG);
    return service;
  }

  @Test
  void runit_andTheScanHost_doTheSame() throws Exception {
    assumeInstalled("runsv");
    Process runsv = start("runsv", there.toString());
    Observed theirs = observe(there, runsv, runsv::destroy);
    assertThat(theirs.trace().get(1)).isEqualTo("finish [3 0 ] in SVC");
    assertThat(theirs.trace().get(3)).isEqualTo("finish [-1 9 ] in SVC");

    assertThat(underTheScanHost()).isEqualTo(theirs);
  }

  @ParameterizedTest
  @CsvSource({"0, read end", "1, TERM"})
  void runitsControls_andTheScanHost_doTheSame(int code, String end) throws Exception {
    assumeInstalled("runsv");
    for (Path service : List.of(there, here)) {
      Services.executable(service.resolve("run"), "#!/bin/sh\n" + String.join("\n", READER));
      Files.createDirectory(service.resolve("control"));
      Services.executable(
          service.resolve("control/u"), "#!/bin/sh\necho \"u in $PWD\" >>trace\nexit 1\n");
      Services.executable(
          service.resolve("control/t"),
          "#!/bin/sh\necho \"t in $PWD\" >>trace\necho output of t\n"
              + (code == 0 ? "echo end >pipe\n" : "exit " + code + "\n"));
    }
    Process runsv = start("runsv", there.toString());
    Observed theirs = observe(there, runsv, runsv::destroy);
    assertThat(theirs.trace())
        .containsExactly(
            "u in SVC", "run", "t in SVC", end, "finish [0 0 ] in SVC", "log has its end");
    assertThat(theirs.lines()).containsExactly("output of t", "finish after 0");

    assertThat(underTheScanHost()).isEqualTo(theirs);
  }

  @Test
  void s6_andTheScanHost_doTheSame() throws Exception {
    assumeInstalled("s6-svscan");
    Services.file(there.resolve("timeout-kill"), "10000\n");
    Services.file(here.resolve("timeout-kill"), "10000\n");
    Path scan = there.getParent();
    Process svscan = start("s6-svscan", scan.toString());
    Observed theirs =
        observe(there, svscan, () -> end(start("s6-svscanctl", "-t", scan.toString())));
    assertThat(theirs.trace().get(1)).isEqualTo("finish [3 0 svc] in SVC");
    assertThat(theirs.trace().get(3)).isEqualTo("finish [256 9 svc] in SVC");
    assertThat(theirs.log()).containsExactly("log [svc/log] in SVC/log");

    assertThat(underTheScanHost()).isEqualTo(theirs);
  }

  @Test
  void daemontools_andTheScanHost_doTheSame() throws Exception {
    assumeInstalled("supervise");
    for (Path service : List.of(there, here)) {
      Files.delete(service.resolve("finish"));
      Services.delete(service.resolve("log"));
    }
    Process supervise = start("supervise", there.toString());
    Observed theirs = observe(there, supervise, () -> end(start("svc", "-dx", there.toString())));
    assertThat(theirs.trace())
        .containsExactly("run 1 [] in SVC", "run 2 [] in SVC", "run 3 [] in SVC", "run is stopped");

    assertThat(underTheScanHost()).isEqualTo(theirs);
  }

  private Observed underTheScanHost() throws Exception {
    try (HostProcess host =
        HostProcess.start(temp.resolve("output"), Map.of(), here.getParent().toString())) {
      host.await("the third run", () -> Files.exists(here.resolve("third")));
      assertThat(host.stop()).isZero();
    }
    return observed(here);
  }

  /** Waits for the third run, stops, and waits for the end. */
  private static Observed observe(Path service, Process supervisor, Stop stop) throws Exception {
    try {
      await(() -> Files.exists(service.resolve("third")) || !supervisor.isAlive());
      stop.run();
      end(supervisor);
    } finally {
      supervisor.destroyForcibly();
    }
    return observed(service);
  }

  private interface Stop {
    void run() throws Exception;
  }

  private static Observed observed(Path service) throws IOException {
    return new Observed(
        lines(service, "trace"),
        lines(service, "trace.log"),
        lines(service, "log/lines"),
        lines(service, "env.3").stream()
            .filter(line -> !NOT_COMPARED.contains(line.replaceFirst("=.*", "")))
            // Values may be secrets of whoever runs this.
            .map(line -> line.replaceFirst("=.*", "=" + line.hashCode()))
            .toList());
  }

  private static List<String> lines(Path service, String file) throws IOException {
    if (Files.notExists(service.resolve(file))) {
      return List.of();
    }
    return Files.readAllLines(service.resolve(file)).stream()
        .map(line -> line.replace(service.toString(), "SVC"))
        .toList();
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void end(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("in time").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void assumeInstalled(String tool) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    assumeTrue(found, "tool missing: " + tool);
  }
}
