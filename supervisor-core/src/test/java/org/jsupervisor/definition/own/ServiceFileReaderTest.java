package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.LineRule;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.Timestamps;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFileReaderTest {
  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  @Test
  void input_isRead_fromTheChildsDirectory() {
    assertThat(spec("command=x\ninput=none\n").input()).isEqualTo(InputSpec.none());
    assertThat(spec("command=x\ninput=written\n").input()).isEqualTo(InputSpec.written());
    assertThat(spec("command=x\ndirectory=in\ninput=file\ninput.file=a/../b\n").input())
        .isEqualTo(InputSpec.file(root.resolve("in/b")));
    assertThat(spec("command=x\ninput=file\ninput.file=/b\n").input())
        .isEqualTo(InputSpec.file(Path.of("/b")));
  }

  @Test
  void minimalFile_hasTheDefaultsOfTheSpecs() {
    assertThat(spec("command=sleep\n"))
        .isEqualTo(
            ProcessSpec.builder("web", "sleep")
                .withDirectory(root)
                .withOutput(OutputSpec.logged(LogSpec.of(disk.logRoot().resolve("web"))))
                .build());
  }

  @Test
  void fullFile_isReadKeyByKey() {
    ProcessSpec spec =
        spec(
            """
            # a comment
            command = /usr/bin/redis-server
            argument = --port
            argument = 7001
            directory = data
            env.MODE = a=b, c
            env.EMPTY =
            environment.inherit = PATH, HOME
            initially = down
            ready = notify
            ready.descriptor = 3
            ready.within = 5m
            restart = permanent
            restart.backoff = exponential
            restart.backoff.initial = 1s
            restart.backoff.cap = 2s
            restart.limit = 7
            restart.period = 2h
            restart.reset = 500ms
            restart.give-up = quarantine
            restart.quarantine = 5s
            restart.quarantine.max = 6s
            stop.signal = SIGINT
            stop.grace = 3s
            stop.kill-wait = 4s
            finish = /bin/clean
            finish.argument = --all
            finish.style = s6
            finish.limit = 9s
            finish.never = 100, 101
            signal.command.TERM = /bin/quit
            signal.argument.TERM = -q
            signal.argument.TERM = --now
            signal.command.SIGHUP = /bin/reload
            signal.limit = 7s
            leftovers = kept
            log = on
            log.directory = elsewhere
            log.size = 8K
            log.files = 3
            log.total = 1M
            log.age = 24h
            log.line = 1K
            log.timestamps = none
            log.prefix = web:
            log.selection = -*debug*
            log.selection = +*error*
            log.processing = command
            log.command = zstd
            log.argument = -q
            log.sync = interval
            log.sync.interval = 2s
            """);
    LogSpec log =
        LogSpec.builder(disk.logRoot().resolve("elsewhere"))
            .withFileBytesMax(8192)
            .withOldFilesMax(3)
            .withOldBytesMax(1 << 20)
            .withFileAgeMax(Duration.ofHours(24))
            .withLineBytesMax(1024)
            .withTimestamps(Timestamps.NONE)
            .withPrefix("web: ")
            .addSelection(LineRule.deselect("*debug*"))
            .addSelection(LineRule.select("*error*"))
            .withProcessing(LogProcessing.command(List.of("zstd", "-q")))
            .withSync(LogSync.every(Duration.ofSeconds(2)))
            .build();
    assertThat(spec)
        .isEqualTo(
            ProcessSpec.builder("web", "/usr/bin/redis-server", "--port", "7001")
                .withDirectory(root.resolve("data"))
                .withEnvironment(
                    Environment.inheritOnly(Set.of("PATH", "HOME"))
                        .with("MODE", "a=b, c")
                        .with("EMPTY", ""))
                .withInitially(Desire.DOWN)
                .withReadiness(new ReadinessSpec.Notified(3, Duration.ofMinutes(5)))
                .withRestart(
                    RestartPolicy.permanent()
                        .withBackoff(
                            Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                        .withLimit(RestartIntensity.of(7, Duration.ofHours(2)))
                        .withResetAfter(Duration.ofMillis(500))
                        .withGiveUp(
                            GiveUp.quarantine(Duration.ofSeconds(5), Duration.ofSeconds(6))))
                .withStop(
                    new StopSpec(
                        List.of(StopStep.of(Signal.INT, Duration.ofSeconds(3))),
                        Duration.ofSeconds(4)))
                .withFinish(
                    FinishSpec.of(FinishSpec.Style.S6, "/bin/clean", "--all")
                        .withLimit(Duration.ofSeconds(9))
                        .withNever(ExitSet.parse("100, 101")))
                .withSignalPrograms(
                    SignalPrograms.of(
                            Map.of(
                                Signal.TERM, Command.of("/bin/quit", "-q", "--now"),
                                Signal.HUP, Command.of("/bin/reload")))
                        .withLimit(Duration.ofSeconds(7)))
                .withLeftovers(Leftovers.KEPT)
                .withOutput(OutputSpec.logged(log))
                .build());
  }

  @Test
  void waysToBeReady_areRead() {
    assertThat(readiness("ready=socket\n")).isEqualTo(ReadinessSpec.notifiedBySocket());
    assertThat(readiness("ready=tcp\nready.address=127.0.0.1:80\n"))
        .isEqualTo(ReadinessSpec.probed(Probe.tcp(80)));
    assertThat(readiness("ready=tcp\nready.address=[::1]:80\n"))
        .isEqualTo(ReadinessSpec.probed(new Probe.Tcp("::1", 80)));
    assertThat(readiness("ready=unix\nready.path=s\n"))
        .isEqualTo(ReadinessSpec.probed(Probe.unixSocket(Path.of("s"))));
    assertThat(readiness("ready=http\nready.url=http://localhost/up\n"))
        .isEqualTo(ReadinessSpec.probed(Probe.http(URI.create("http://localhost/up"))));
    assertThat(readiness("ready=command\nready.command=t\nready.argument=-q\n"))
        .isEqualTo(ReadinessSpec.probed(Probe.command("t", "-q")));
    assertThat(readiness("ready=log\nready.pattern=^up$\nready.within=3s\n"))
        .isEqualTo(
            ReadinessSpec.probed(Probe.logLine("^up$")).withReadyWithin(Duration.ofSeconds(3)));
  }

  @Test
  void timesOfAProbe_andAWatchdog_areRead() {
    ProcessSpec spec =
        spec(
            """
            command = x
            ready = file
            ready.path = up
            ready.interval = 2s
            ready.timeout = 3s
            ready.within = 4s
            watchdog = 5s
            """);
    assertThat(spec.readiness())
        .isEqualTo(
            new ReadinessSpec.Probed(
                Probe.file(Path.of("up")),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4)));
    assertThat(spec.watchdog()).isEqualTo(Watchdog.every(Duration.ofSeconds(5)));
  }

  @Test
  void otherChoices_areRead() {
    ProcessSpec spec =
        spec(
            """
            command = x
            environment.inherit = none
            ready = launch
            restart.backoff = fixed
            restart.backoff.initial = 0s
            restart.give-up = escalate
            log = off
            """);
    assertThat(spec.environment()).isEqualTo(Environment.empty());
    assertThat(spec.readiness()).isEqualTo(ReadinessSpec.atLaunch());
    assertThat(spec.output()).isEqualTo(OutputSpec.discarded());
    assertThat(spec.restart())
        .isEqualTo(
            RestartPolicy.transientPolicy()
                .withBackoff(Backoff.fixed(Duration.ZERO))
                .withGiveUp(GiveUp.escalate()));
    assertThat(spec("command=x\nrestart=temporary\n").restart())
        .isEqualTo(RestartPolicy.temporary());
    assertThat(spec("command=x\nrestart.backoff=none\nrestart.give-up=stay-down\n").restart())
        .isEqualTo(
            RestartPolicy.transientPolicy()
                .withBackoff(Backoff.none())
                .withGiveUp(GiveUp.stayDown()));
  }

  @Test
  void values_areTakenAsTheyAre() {
    ProcessSpec spec =
        spec(
            """
            command = /bin/sh
            argument = a, b\\, c
            argument = ${env:HOME} $$ ${file:UTF-8:/etc/passwd}
            argument =
            argument = "q" 'r' # no comment
            argument = tab\\tback\\\\slash \\u00e4 ä
            argument = con\\
               tinued
            env.HOME = ${user.home}
            """);
    assertThat(spec.command().argv())
        .containsExactly(
            "/bin/sh",
            "a, b\\, c",
            "${env:HOME} $$ ${file:UTF-8:/etc/passwd}",
            "",
            "\"q\" 'r' # no comment",
            "tab\tback\\slash ä ä",
            "continued");
    assertThat(spec.environment().variables()).containsEntry("HOME", "${user.home}");
  }

  private ProcessSpec spec(String content) {
    return disk.spec(disk.file("web.properties", content));
  }

  private ReadinessSpec readiness(String lines) {
    return spec("command = x\n" + lines).readiness();
  }
}
