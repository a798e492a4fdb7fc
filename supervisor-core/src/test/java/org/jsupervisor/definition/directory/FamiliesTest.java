package org.jsupervisor.definition.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.MadeDirectories;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directories that were made for each family, and what becomes of them. */
class FamiliesTest {
  private static final String SCRIPT = "#!/bin/sh\n";

  @TempDir Path root;
  private DefinitionFixture disk;
  private Path web;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    web = root.resolve("web");
  }

  private Definition.Defined made(String family) {
    MadeDirectories.copy(family, disk);
    return disk.defined(web);
  }

  private static ProcessSpec logger(Definition.Defined defined) {
    return defined.logger().orElseThrow();
  }

  @Test
  void daemontools_hasRunDownAndLog() {
    MadeDirectories.copy("daemontools", disk);
    Definition.Defined defined =
        (Definition.Defined) disk.read(web, ServiceDirectoryReader.of(Family.DAEMONTOOLS));
    assertThat(defined.spec().command().argv()).containsExactly("./run");
    assertThat(defined.spec().directory()).isEqualTo(web);
    assertThat(defined.spec().initially()).isEqualTo(Desire.DOWN);
    assertThat(defined.spec().stop()).isEqualTo(StopSpec.defaults());
    assertThat(defined.spec().finish()).isEmpty();
    assertThat(logger(defined).directory()).isEqualTo(web.resolve("log"));
    assertThat(defined.notes()).isEmpty();
  }

  @Test
  void encore_runsStartBefore_hasAProgramAsItsLogger_andFailsWith100() {
    Definition.Defined defined = made("encore");
    assertThat(defined.spec().steps())
        .containsExactly(new ProgramStep.PreLaunch(Command.of("./start")));
    assertThat(defined.spec().restart())
        .isEqualTo(RestartPolicy.permanent().withNever(ExitSet.ENCORE_FAILED));
    assertThat(logger(defined).command().argv()).containsExactly("./log");
    assertThat(logger(defined).directory()).isEqualTo(web);
    assertThat(disk.told(defined))
        .containsExactly(
            "web/start: is run before every start of run, not only before the first",
            "web/stop: is not honoured: nothing is run after a stop alone",
            "web/notify: is not honoured: listeners and JMX tell of each change",
            "web/no-setsid: is not honoured: each child has a session of its own");
  }

  @Test
  void runit_hasFinishAndCheck_andRunsItsControlsInsteadOfSignals() {
    Definition.Defined defined = made("runit");
    FinishSpec finish =
        FinishSpec.of(FinishSpec.Style.RUNIT, "./finish").withLimit(FinishSpec.LIMIT_MAX);
    assertThat(defined.spec().command().argv()).containsExactly("./run");
    assertThat(defined.spec().finish()).hasValue(finish);
    assertThat(logger(defined).finish()).hasValue(finish);
    assertThat(logger(defined).command().argv()).containsExactly("./run");
    assertThat(defined.spec().readiness())
        .isEqualTo(ReadinessSpec.probed(Probe.command("./check")));
    assertThat(defined.spec().signalPrograms())
        .isEqualTo(
            SignalPrograms.of(
                    Map.of(
                        Signal.HUP, Command.of("./control/h"),
                        Signal.TERM, Command.of("./control/t")))
                .withLimit(SignalPrograms.LIMIT_MAX));
    assertThat(disk.told(defined)).isEmpty();
  }

  @Test
  void runitControls_thatCannotBeHonoured_areTold_andStartsRunU() {
    MadeDirectories.copy("runit", disk);
    disk.program("web/control/u", "#!/bin/sh\n");
    disk.program("web/control/d", "#!/bin/sh\n");
    disk.program("web/control/x", "#!/bin/sh\n");
    disk.program("web/control/q", "#!/bin/sh\nread -r pid <supervise/pid\n");
    disk.file("web/control/i", "#!/bin/sh\n");
    disk.program("web/log/control/t", "#!/bin/sh\n");
    ProcessSpec spec = disk.spec(web);
    assertThat(spec.steps())
        .containsExactly(
            new ProgramStep.PreLaunch(Command.of("/bin/sh", "-c", "./control/u || :")));
    assertThat(spec.signalPrograms().programs())
        .containsOnlyKeys(Signal.HUP, Signal.QUIT, Signal.TERM);
    assertThat(disk.notes(web))
        .containsExactlyInAnyOrder(
            "web/control/d: is not honoured: nothing is run after the signal of a stop",
            "web/control/x: is not honoured: nothing is run after the signal of a stop",
            "web/control/i: is not run: it is no executable file",
            "web/control/q: is not there; the process id is in MAINPID, was 'supervise/'",
            "web/log/control: is not honoured: a logger has none");
  }

  @Test
  void controlProgramThatOthersMayWrite_isRefused() {
    MadeDirectories.copy("runit", disk);
    Path unused = DefinitionFixture.mode(web.resolve("control/t"), "rwxrwxrwx");
    assertThat(disk.told(web)).anyMatch(line -> line.startsWith("web/control/t: "));
  }

  @Test
  void s6_hasFinishWithItsLimit_andItsValues() {
    Definition.Defined defined = made("s6");
    ProcessSpec spec = defined.spec();
    assertThat(spec.command().argv()).containsExactly("./run", "web");
    assertThat(logger(defined).command().argv()).containsExactly("./run", "web/log");
    assertThat(spec.finish())
        .hasValue(FinishSpec.of(FinishSpec.Style.S6, "./finish").withLimit(Duration.ofSeconds(2)));
    assertThat(spec.finish().orElseThrow().never()).isEqualTo(ExitSet.codes(125));
    assertThat(spec.readiness()).isEqualTo(ReadinessSpec.notified(3));
    assertThat(logger(defined).readiness()).isEqualTo(ReadinessSpec.notified(4));
    assertThat(spec.stop()).isEqualTo(StopSpec.of(Signal.HUP, Duration.ofMillis(1500)));
    assertThat(disk.told(defined))
        .allMatch(line -> line.matches("web/(max-death-tally|lock-fd|nosetsid): is not honoured.*"))
        .hasSize(3);
  }

  @Test
  void s6FinishWithoutLimit_hasADay() {
    MadeDirectories.copy("s6", disk);
    disk.file("web/timeout-finish", "0\n");
    assertThat(disk.spec(web).finish().orElseThrow().limit()).isEqualTo(FinishSpec.LIMIT_MAX);
    assertThat(disk.notes(web))
        .contains("web/timeout-finish: is not honoured: finish may take a day at most");
  }

  @Test
  void perp_isStartedAndReset_onlyIfItIsActive() throws IOException {
    MadeDirectories.copy("perp", disk);
    assertThat(disk.readAll(web, new ServiceDirectoryReader())).isEmpty();
    Files.setAttribute(web, "unix:mode", 040000 | 01755);
    Definition.Defined defined = disk.defined(web);
    ProcessSpec spec = defined.spec();
    assertThat(spec.command().argv()).containsExactly("./rc.main", "start", "web");
    assertThat(spec.finish().orElseThrow().command().argv())
        .containsExactly("./rc.main", "reset", "web");
    assertThat(spec.finish().orElseThrow().style()).isEqualTo(FinishSpec.Style.PERP);
    assertThat(spec.environment().variables()).containsEntry("PERP_BASE", root.toString());
    assertThat(spec.initially()).isEqualTo(Desire.DOWN);
    assertThat(spec.restart()).isEqualTo(new RunsOnce());
    assertThat(logger(defined).command().argv()).containsExactly("./rc.log", "start", "web");
    assertThat(logger(defined).stop().ladder().get(0))
        .isEqualTo(StopStep.endOfInput(Duration.ofSeconds(30)));
    assertThat(disk.told(defined))
        .containsExactly(
            "web/rc.main: is not set here, was 'PERP_SVPID'",
            "web/rc.main: is not set here, was 'PERP_SVSECS'");
  }

  @Test
  void nothingTellsWhose_isReadAsRunits_andFinishIsNoted() {
    disk.program("web/run", SCRIPT);
    assertThat(disk.notes(web)).isEmpty();
    disk.program("web/finish", SCRIPT);
    assertThat(disk.spec(web).finish().orElseThrow().style()).isEqualTo(FinishSpec.Style.RUNIT);
    assertThat(disk.notes(web))
        .containsExactly(
            "web/finish: gets the arguments of runit: nothing tells whose directory it is");
    Definition chosen = disk.read(web, ServiceDirectoryReader.of(Family.S6));
    assertThat(((Definition.Defined) chosen).spec().finish().orElseThrow().style())
        .isEqualTo(FinishSpec.Style.S6);
    assertThat(disk.told(chosen)).isEmpty();
  }

  @Test
  void valuesOfTheLogger_tellWhoseTheServiceIs() {
    disk.program("web/run", SCRIPT);
    disk.program("web/finish", SCRIPT);
    disk.program("web/log/run", SCRIPT);
    disk.file("web/log/notification-fd", "3");
    assertThat(disk.spec(web).finish().orElseThrow().style()).isEqualTo(FinishSpec.Style.S6);
    assertThat(disk.notes(web)).isEmpty();
  }

  @Test
  void filesOfSeveralFamilies_areNoted_andThoseOfTheOthersToo() {
    disk.program("web/run", SCRIPT);
    disk.program("web/check", SCRIPT);
    disk.program("web/rc.main", SCRIPT);
    disk.file("web/notification-fd", "3");
    assertThat(disk.notes(web))
        .containsExactly(
            "web: has files of s6 (notification-fd), runit (check); it is read as a directory of s6",
            "web/check: is not honoured: this is read as a directory of s6",
            "web/rc.main: is not honoured: this is read as a directory of s6");
  }

  @Test
  void traps_areToldInOneList() throws IOException {
    disk.file("web/timeout-kill", "5000\n6000\n");
    disk.file("web/notification-fd", "");
    disk.program("web/finish", "#!/no/such/shell\n");
    disk.directory("web/log");
    Files.createSymbolicLink(web.resolve("log/run"), Path.of("/nowhere"));
    disk.directory("web/env");
    assertThat(disk.told(web))
        .containsExactlyInAnyOrder(
            "web/run: is missing",
            "web/notification-fd:1: must be a descriptor, in decimal",
            "web/finish:1: must name an interpreter that is there and executable, was"
                + " '/no/such/shell'",
            "web/log/run: is missing");
  }

  @Test
  void environmentDirectory_isNotes_forTheScriptReadsIt() throws IOException {
    disk.program("web/run", SCRIPT);
    disk.file("web/env/EMPTY", "");
    disk.file("web/env/LINES", "a\nb\n");
    disk.file("web/env/ONE", "secret\n");
    DefinitionFixture.mode(disk.file("web/env/OPEN", "x"), "rw-rw-rw-");
    Files.createSymbolicLink(web.resolve("env/NOWHERE"), Path.of("/nowhere"));
    assertThat(disk.notes(web))
        .containsExactly(
            "web/env/EMPTY: is empty: envdir removes the variable",
            "web/env/LINES: has several lines, of which envdir takes the first",
            "web/env/NOWHERE: leads nowhere: envdir stops there, and run with it",
            "web/env/OPEN: must not be writable by group or others, was 'rw-rw-rw-'");
  }

  @Test
  void manyLines_areNoted_andTheFirstCounts() {
    disk.program("web/run", SCRIPT);
    disk.file("web/timeout-kill", "5000\n6000\n");
    assertThat(disk.spec(web).stop()).isEqualTo(StopSpec.of(Signal.TERM, Duration.ofSeconds(5)));
    assertThat(disk.notes(web))
        .containsExactly("web/timeout-kill: has several lines, of which only the first counts");
    List<String> untold = disk.told(disk.read(web, ServiceDirectoryReader.of(Family.RUNIT)));
    assertThat(untold)
        .containsExactly("web/timeout-kill: is not honoured: this is read as a directory of runit");
  }
}
