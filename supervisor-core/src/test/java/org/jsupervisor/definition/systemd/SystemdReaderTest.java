package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsupervisor.definition.FormatFixture;
import org.jsupervisor.definition.systemd.SystemdPolicy.Rule;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.Signal;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.UserVariables;
import org.jsupervisor.spec.Watchdog;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Service units of systemd, as docs/formats/systemd.md says. */
class SystemdReaderTest extends UnitCase {
  private static final String WEB = "web.service";

  @Test
  void document_hasEveryDirective() {
    assertThat(FormatFixture.rows("systemd").stream().map(row -> row.get(1) + " " + row.get(0)))
        .containsExactlyElementsOf(
            Stream.of(Directives.values())
                .map(group -> group.treatment() + " " + String.join("` `", group.names()))
                .toList());
  }

  @Test
  void eachDirective_isInOneGroup() {
    List<String> all =
        Stream.of(Directives.values()).flatMap(group -> group.names().stream()).toList();
    assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(330);
  }

  @Test
  void madeDirectory_isAScanDirectory_withInstancesOfATemplate() throws IOException {
    disk.copy("systemd");
    Files.createSymbolicLink(root.resolve("worker@1.service"), Path.of("worker@.service"));
    ScanDirectory scan = new ScanDirectory(root, List.of(new SystemdReader()), disk.settings());
    assertThat(scan.read().problems()).isEmpty();
    assertThat(scan.read().specs())
        .extracting(spec -> spec.id().name())
        .containsExactly("db", "once", "web", "worker@1");
    ProcessSpec worker = disk.spec("worker@1.service", "worker@1");
    assertThat(worker.command().argv())
        .containsExactly("/usr/bin/worker", "1", "worker", "/run", "1");
    assertThat(worker.dependencies()).containsExactly(new Dependency("db", WhenLost.IS_STOPPED));
  }

  @Test
  void command_isSplitAndExpanded() {
    ProcessSpec web = disk.copy("systemd").spec(WEB, "web");
    assertThat(web.command().argv())
        .containsExactly(
            "/usr/bin/web", "--name=web of web", "--a", "b c", "de DE", "a b", "c d", "$HOME", ";");
    assertThat(web.steps()).contains(new ProgramStep.ArgumentZero("web-main"));
    assertThat(web.environment().variables())
        .isEqualTo(
            Map.of(
                "OPTS",
                "--a 'b c'",
                "LANGUAGE",
                "de DE",
                "PCT",
                "100%",
                "USER",
                "www-data",
                "LOGNAME",
                "www-data",
                "PATH",
                UnitEnvironment.PATH,
                "RUNTIME_DIRECTORY",
                "/run/web:/run/web/sub"));
    assertThat(web.environment().inherited()).containsExactly("LANG");
  }

  @Test
  void commandsBeforeTheProgram_areRunBefore() throws IOException {
    disk.copy("systemd");
    Files.delete(root.resolve("web.service.d/10-later.conf"));
    assertThat(disk.spec(WEB, "web").steps())
        .contains(
            new ProgramStep.PreLaunch(
                Command.of(
                    "/bin/sh",
                    "-c",
                    "\"$@\" || :",
                    "sh",
                    "/bin/mkdir",
                    "-p",
                    "/run/web:/run/web/sub/x")),
            new ProgramStep.PreLaunch(Command.of("/usr/bin/web", "--check", "web.service")));
  }

  @Test
  void restartStopAndReadiness_areMapped() {
    ProcessSpec web = disk.copy("systemd").spec(WEB, "web");
    SystemdPolicy policy = (SystemdPolicy) web.restart();
    assertThat(policy.rule()).isEqualTo(Rule.ON_FAILURE);
    assertThat(policy.limit()).isEqualTo(new SystemdPolicy.Limit(3, Duration.ofMinutes(1)));
    assertThat(policy.exits())
        .isEqualTo(
            new SystemdPolicy.Exits(
                ExitSet.SYSTEMD_CLEAN.or(ExitSet.codes(75)).or(ExitSet.signals(Signal.USR1)),
                ExitSet.codes(78),
                ExitSet.codes(3)));
    assertThat(web.stop()).isEqualTo(StopSpec.of(Signal.INT, Duration.ofSeconds(90)));
    assertThat(web.readiness())
        .isEqualTo(new ReadinessSpec.NotifiedBySocket(Duration.ofSeconds(90)));
    assertThat(web.watchdog()).isEqualTo(Watchdog.every(Duration.ofSeconds(20)));
    assertThat(web.dependencies()).containsExactly(new Dependency("db", WhenLost.IS_RESTARTED));
  }

  @Test
  void privilegesAndResources_areMapped() {
    ProcessSpec web = disk.copy("systemd").spec(WEB, "web");
    assertThat(web.directory()).isEqualTo(Path.of("/srv"));
    assertThat(web.steps())
        .contains(
            PrivilegeStep.User.of("www-data")
                .withGroup("web")
                .withVariables(UserVariables.OF_ACCOUNT),
            new PrivilegeStep.NoNewPrivileges(),
            new ResourceStep.Umask(027),
            new ResourceStep.Nice(5),
            new ResourceStep.Limit(Resource.OPEN_FILES, Bound.at(1024), Bound.UNLIMITED),
            ResourceStep.Limit.of(Resource.CORE, 0),
            ResourceStep.Limit.of(Resource.CPU_TIME, 61),
            ResourceStep.Limit.of(Resource.NICE, 25),
            new ResourceStep.CpuScheduling(ResourceStep.CpuScheduling.Policy.BATCH, 0),
            new ResourceStep.IoScheduling(ResourceStep.IoScheduling.IoClass.IDLE, 0),
            new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(0, 2, 3))),
            new FileStep.RunDirectory(
                Path.of("/run/web/sub"), Optional.of("www-data"), Optional.of("web"), 0750));
  }

  @Test
  void oneshot_runsItsCommandsOneBehindTheOther_andIsReadyThen() {
    ProcessSpec once = disk.copy("systemd").spec("once.service", "once");
    assertThat(once.steps())
        .containsExactly(
            new ProgramStep.PreLaunch(Command.of("/bin/echo", "one")),
            new ProgramStep.PreLaunch(Command.of("/bin/echo", "two")));
    assertThat(once.command().argv()).containsExactly("/bin/echo", "three");
    assertThat(once.readiness()).isEqualTo(ReadinessSpec.completed(UnitTime.INFINITY));
    assertThat(((SystemdPolicy) once.restart()).exits().clean().codes()).hasSize(256);
  }

  @Test
  void execStopPost_isRunAfterEachRun_forAsLongAsAStopMayTake() {
    disk.file(
        "a.service",
        """
        [Service]
        ExecStart=/bin/a
        ExecStopPost=-/bin/tidy %n
        TimeoutStopSec=7
        SuccessExitStatus=143
        ExecReload=/bin/kill -HUP $MAINPID
        """);
    disk.file(
        "c.service",
        """
        [Service]
        ExecStart=/bin/c
        ExecStopPost=/bin/x
        TimeoutStopSec=infinity
        """);
    assertThat(disk.spec("a.service", "a").finish())
        .contains(
            FinishSpec.of(FinishSpec.Style.SYSTEMD, "/bin/tidy", "a.service")
                .withLimit(Duration.ofSeconds(7))
                .withClean(ExitSet.SYSTEMD_CLEAN.or(ExitSet.codes(143))));
    assertThat(disk.notes("a.service"))
        .containsExactlyInAnyOrder(
            "a.service:3: ExecStopPost: is not run if the service could not be started",
            "a.service:6: ExecReload: is not honoured: is not run: whoever wants a reload sends the"
                + " signal for it, mostly HUP");
    assertThat(disk.spec("c.service", "c").finish().orElseThrow().limit())
        .isEqualTo(FinishSpec.LIMIT_MAX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/bin/x ExecStopPost=/bin/y | 4 | one command can be run then, not several",
        "+/bin/x Group=daemon | 3 | it would be run as the user of the service"
      })
  void execStopPost_thatCannotBeRunLikeThat_isToldAndNotRun(String given, int line, String why) {
    disk.file(
        "b.service",
        "[Service]\nExecStart=/bin/b\nExecStopPost=" + given.replace(' ', '\n') + "\n");
    assertThat(disk.spec("b.service", "b").finish()).isEmpty();
    assertThat(disk.notes("b.service"))
        .containsExactly("b.service:" + line + ": ExecStopPost: is not honoured: " + why);
  }

  @Test
  void output_goesToALogDirectory_orToAFile() throws IOException {
    disk.copy("systemd");
    Files.createSymbolicLink(root.resolve("worker@1.service"), Path.of("worker@.service"));
    assertThat(disk.spec("db.service", "db").output())
        .isEqualTo(OutputSpec.logged(LogSpec.of(disk.settings().logRoot().resolve("db"))));
    ProcessSpec worker = disk.spec("worker@1.service", "worker@1");
    assertThat(worker.output()).isEqualTo(OutputSpec.discarded());
    Path file = Path.of("/var/log/worker.log");
    assertThat(worker.steps())
        .containsExactly(
            FileStep.Redirect.append(FileStep.Redirect.Stream.STDOUT, file),
            FileStep.Redirect.append(FileStep.Redirect.Stream.STDERR, file));
  }

  @Test
  void notes_tellAllThatIsNotHonoured() {
    assertThat(disk.copy("systemd").notes(WEB))
        .containsExactlyInAnyOrder(
            "web.service:7: Before: is not honoured: say After, Requires, Wants or BindsTo in the"
                + " unit that needs the other",
            "web.service:8: ConditionPathExists: is not honoured: is not asked: the service is"
                + " started in any case",
            "web.service:11: X-Vendor: is not honoured: an extension of somebody else's",
            "web.service:46: ProtectSystem: is not honoured: the service has more rights than this"
                + " unit means it to have",
            "web.service:47: MemoryMax: is not honoured: there are no control groups of its own",
            "web.service:48: SyslogIdentifier: is not honoured: output goes to a log directory",
            "web.service:49: Colour: is no directive of [Service] in a service",
            "web.service:52: WantedBy: is not honoured: what is in the directory is started",
            "web.service:4: After: is not honoured: it is no service of this directory, was"
                + " 'network.target'",
            "web.service:6: Wants: is not honoured: it is no service of this directory, was"
                + " 'cache.service'");
  }

  @Test
  void truncationAtEveryByte_isToldOrRead() {
    disk.copy("systemd").truncateAtEveryByte(WEB);
  }
}
