package org.jsupervisor.definition.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceDirectoryReaderTest {
  private static final String SCRIPT = "#!/bin/sh\nexec sleep 5\n";

  @TempDir Path root;
  private DefinitionFixture disk;
  private Path web;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    disk.program("web/run", SCRIPT);
    web = root.resolve("web");
  }

  @Test
  void runAlone_isExecutedInItsDirectory_asRunitDoes() {
    assertThat(disk.spec(web))
        .isEqualTo(
            ProcessSpec.builder("web", "./run")
                .withDirectory(web)
                .withRestart(RestartPolicy.permanent())
                .withOutput(OutputSpec.logged(LogSpec.of(disk.logRoot().resolve("web"))))
                .build());
    assertThat(disk.notes(web)).isEmpty();
  }

  @Test
  void everythingHonoured_isRead() {
    disk.file("web/down", "");
    disk.file("web/notification-fd", "3\n");
    disk.file("web/down-signal", "SIGHUP\n");
    disk.file("web/timeout-kill", "1500\n");
    disk.directory("web/log");
    ProcessSpec spec = disk.spec(web);
    assertThat(spec.initially()).isEqualTo(Desire.DOWN);
    assertThat(spec.readiness()).isEqualTo(ReadinessSpec.notified(3));
    assertThat(spec.stop()).isEqualTo(StopSpec.of(Signal.HUP, Duration.ofMillis(1500)));
    assertThat(spec.output()).isEqualTo(OutputSpec.logged(LogSpec.of(web.resolve("log/main"))));
    assertThat(disk.notes(web)).isEmpty();
    assertThat(disk.defined(web).logger()).isEmpty();
  }

  @Test
  void programInLog_isALogger_thatTheServiceWritesTo() {
    disk.program("web/log/run", SCRIPT);
    Path log = web.resolve("log");
    assertThat(disk.defined(web).logger())
        .hasValue(
            ProcessSpec.builder("web.log", "./run")
                .withDirectory(log)
                .withRestart(RestartPolicy.permanent())
                .withReadiness(ReadinessSpec.atLaunch())
                .withInput(InputSpec.fed())
                .withStop(StopSpec.endOfInput())
                .withOutput(OutputSpec.logged(LogSpec.of(disk.logRoot().resolve("web.log"))))
                .build());
    assertThat(disk.spec(web).output()).isEqualTo(OutputSpec.toChild("web.log"));
    assertThat(disk.spec(web).dependencies())
        .containsExactly(new Dependency("web.log", WhenLost.GOES_ON));
    assertThat(disk.notes(web)).isEmpty();
  }

  @Test
  void entriesOfALogger_areHonouredAndNotedAsThoseOfAService() {
    disk.program("web/log/run", SCRIPT);
    disk.file("web/log/notification-fd", "4\n");
    disk.file("web/log/down-signal", "HUP\n");
    disk.file("web/log/down", "");
    disk.program("web/log/finish", SCRIPT);
    ProcessSpec logger = disk.defined(web).logger().orElseThrow();
    assertThat(logger.readiness()).isEqualTo(ReadinessSpec.notified(4));
    assertThat(logger.initially()).isEqualTo(Desire.DOWN);
    assertThat(logger.stop().ladder())
        .containsExactly(
            StopStep.endOfInput(Duration.ofSeconds(30)),
            StopStep.of(Signal.HUP, Duration.ofSeconds(10)));
    assertThat(logger.finish()).hasValue(FinishSpec.of(FinishSpec.Style.S6, "./finish"));
    assertThat(logger.command().argv()).containsExactly("./run", "web/log");
    assertThat(disk.notes(web)).isEmpty();
  }

  @Test
  void loggerThatCannotBeRun_refusesTheService() {
    disk.file("web/log/run", "#!/no/such/shell\n");
    assertThat(disk.told(web))
        .containsExactlyInAnyOrder(
            "web/log/run: must be executable",
            "web/log/run:1: must name an interpreter that is there and executable, was"
                + " '/no/such/shell'");
  }

  @Test
  void whatIsNotHonoured_isNoted_andWorkingStateIsNot() {
    disk.file("web/supervise/status", "");
    disk.file("web/event/x", "");
    disk.file("web/app.conf", "");
    disk.file("web/timeout-kill", "0");
    disk.file("web/max-death-tally", "5");
    assertThat(disk.notes(web))
        .containsExactly(
            "web/timeout-kill: is not honoured: KILL always comes, here after 10 s, was '0'",
            "web/max-death-tally: is not honoured: restarts have a limit instead; s6-permafailon"
                + " finds no tally");
    assertThat(disk.spec(web).stop()).isEqualTo(StopSpec.defaults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | : must not be empty",
        "#!/no/such/shell -e\\nx | :1: must name an interpreter that is there and executable, was"
            + " '/no/such/shell'",
        "#!/etc/passwd\\n | :1: must name an interpreter that is there and executable, was"
            + " '/etc/passwd'",
        "#!/etc\\n | :1: must name an interpreter that is there and executable, was '/etc'",
        "#! \\nexec x | :1: must name an interpreter, was '#!'",
        "#!/bin/sh\\r\\nexec x | :1: must not end with a carriage return, was '/bin/sh?'",
      })
  void runThatCannotBeExecuted_isRefused(String content, String expected) {
    disk.program("web/run", content.replace("\\n", "\n").replace("\\r", "\r"));
    assertThat(disk.told(web)).containsExactly("web/run" + expected.strip());
  }

  @Test
  void runWithoutInterpreterLine_isNoted_butABinaryIsNot() throws IOException {
    disk.program("web/run", "exec sleep 5\n");
    assertThat(disk.notes(web))
        .containsExactly(
            "web/run: has no '#!' in its first line; the system may refuse to execute it");
    Files.copy(Path.of("/bin/true"), root.resolve("binary"));
    Files.move(root.resolve("binary"), web.resolve("run"), StandardCopyOption.REPLACE_EXISTING);
    DefinitionFixture.mode(web.resolve("run"), "rwxr-xr-x");
    assertThat(disk.notes(web)).isEmpty();
  }

  @Test
  void allProblems_areToldAtOnce() throws IOException {
    Files.delete(web.resolve("run"));
    disk.directory("web/down");
    disk.file("web/notification-fd", "three");
    disk.file("web/down-signal", "BLAH");
    disk.file("web/timeout-kill", "soon");
    disk.file("web/log", "");
    assertThat(disk.told(web))
        .containsExactlyInAnyOrder(
            "web/run: is missing",
            "web/down: must be a regular file",
            "web/notification-fd:1: must be a descriptor, in decimal, was 'three'",
            "web/down-signal:1: must be a name such as TERM, HUP or RTMIN+1, or a number, was"
                + " 'BLAH'",
            "web/timeout-kill:1: must be a number of milliseconds, was 'soon'",
            "web/log: must be a directory");
  }

  @Test
  void notificationDescriptorOutOfRange_isRefused() {
    disk.file("web/notification-fd", "2");
    assertThat(disk.told(web)).containsExactly("web/notification-fd:1: must be 3 to 255, was '2'");
  }

  @Test
  void runThatIsNotExecutableOrNoFile_isRefused() throws IOException {
    DefinitionFixture.mode(web.resolve("run"), "rw-r--r--");
    assertThat(disk.told(web)).containsExactly("web/run: must be executable");
    Files.delete(web.resolve("run"));
    disk.directory("web/run");
    assertThat(disk.told(web)).containsExactly("web/run: must be a regular file");
  }

  @Test
  void fifoInPlaceOfAFile_isNeverOpened() throws Exception {
    for (String name : new String[] {"run", "notification-fd"}) {
      Files.deleteIfExists(web.resolve(name));
      Path fifo = web.resolve(name);
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    }
    assertThat(disk.told(web))
        .containsExactly(
            "web/run: must be a regular file", "web/notification-fd: must be a regular file");
  }

  @Test
  void linkedDirectory_isFollowed_andKeepsItsOwnName() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("www"), web);
    ProcessSpec spec = disk.spec(link);
    assertThat(spec.id().name()).isEqualTo("www");
    assertThat(spec.directory()).isEqualTo(link);
  }
}
