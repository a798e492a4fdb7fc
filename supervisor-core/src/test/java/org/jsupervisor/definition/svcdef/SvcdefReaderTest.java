package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.definition.svcdef.SvcdefTree.SCRIPT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvcdefReaderTest {
  @TempDir Path root;
  private SvcdefTree tree;
  private Path web;

  @BeforeEach
  void prepare() {
    tree = new SvcdefTree(root);
    web = tree.definition("web");
  }

  @Test
  void definition_isRunAsItsTemplateWould_withoutTheTemplate() {
    tree.set("web", "DAEMONOPTS", "  -n\t1  60 \n");
    tree.set("web", "PRELAUNCH", "setuidgid nobody\n");
    ProcessSpec spec = tree.spec("web");
    assertThat(spec.command().argv())
        .containsExactly("setuidgid", "nobody", "/bin/sleep", "-n", "1", "60");
    assertThat(spec.directory()).isEqualTo(web);
    assertThat(spec.restart()).isEqualTo(RestartPolicy.permanent());
    assertThat(spec.output()).isEqualTo(OutputSpec.logged(LogSpec.of(logRoot("web"))));
    assertThat(spec.steps()).isEmpty();
    assertThat(tree.notes("web")).isEmpty();
  }

  private Path logRoot(String name) {
    return tree.disk.logRoot().resolve(name);
  }

  @Test
  void variablesOfTheDefinition_areLaidOverThoseOfAll() {
    tree.set("web", "PATH", "/opt/web/bin\n");
    tree.set("web", "CMDUP", "");
    Environment environment = tree.spec("web").environment();
    assertThat(environment.inheritance()).isEqualTo(Environment.Inheritance.ALL_BUT);
    assertThat(environment.inherited()).containsExactly("CMDUP");
    assertThat(environment.variables())
        .containsEntry("PATH", "/opt/web/bin")
        .containsEntry("LOGDIR", "/var/log")
        .containsEntry("CMDCHECK", "")
        .containsEntry("DAEMON", "/bin/sleep")
        .doesNotContainKey("CMDUP");
  }

  @Test
  void variables_areReadAsEnvdirDoes() {
    tree.set("web", "TRAILING", "a b \t \nsecond\n");
    tree.set("web", "BLANK", " ");
    tree.set("web", "NUL", "a\0b\n");
    tree.set("web", "OPEN", "no newline");
    tree.set("web", ".hidden", "x\n");
    assertThat(tree.spec("web").environment().variables())
        .containsEntry("TRAILING", "a b")
        .containsEntry("BLANK", "")
        .containsEntry("NUL", "a\nb")
        .containsEntry("OPEN", "no newline")
        .doesNotContainKey(".hidden");
    assertThat(tree.notes("web"))
        .containsExactly("web/env/TRAILING: has several lines, of which only the first counts");
  }

  @Test
  void stateDirectoryAndFifo_areMade_forTheGroupTooIfThereIsOne() {
    tree.set("web", "STATEDIR", "/run/web state\n");
    tree.set("web", "FIFO", "/run/web/pipe\n");
    tree.set("web", "T_UID", "www\n");
    Optional<String> www = Optional.of("www");
    Path own = web.resolve("state");
    assertThat(tree.spec("web").steps())
        .containsExactly(
            new FileStep.RunDirectory(Path.of("/run/web"), www, Optional.empty(), 0755),
            new FileStep.RunDirectory(own, www, Optional.empty(), 0755),
            new FileStep.Fifo(Path.of("/run/web/pipe"), www, Optional.empty(), 0600));
    tree.set("web", "T_GID", "adm\n");
    Optional<String> adm = Optional.of("adm");
    assertThat(tree.spec("web").steps())
        .containsExactly(
            new FileStep.RunDirectory(Path.of("/run/web"), www, adm, 0775),
            new FileStep.RunDirectory(own, www, adm, 0775),
            new FileStep.Fifo(Path.of("/run/web/pipe"), www, adm, 0660));
  }

  @Test
  void stateDirectoryOfAll_isNobodysOwn() {
    assertThat(tree.spec("web").environment().variables()).containsEntry("STATEDIR", "/var/run");
    assertThat(tree.spec("web").steps()).isEmpty();
  }

  @Test
  void accounts_ownFiles_andRunTheDaemonIfAsked() {
    tree.set("web", "T_UID", "www\n");
    tree.set("web", "T_GID", "adm\n");
    assertThat(tree.spec("web").steps()).isEmpty();
    String idle = ": owns nothing: there is no STATEDIR and no FIFO, and nobody is run as that";
    assertThat(tree.notes("web")).containsExactly("web/env/T_UID" + idle, "web/env/T_GID" + idle);
    SvcdefReader running = new SvcdefReader().withAccounts(AccountUse.RUNS_DAEMON);
    Definition read = tree.read("web", running, tree.disk.settings());
    assertThat(tree.spec(read).steps())
        .containsExactly(PrivilegeStep.User.of("www").withGroup("adm"));
    assertThat(tree.disk.told(read)).isEmpty();
    tree.set("web", "T_UID", "");
    assertThat(tree.disk.told(tree.read("web", running, tree.disk.settings())))
        .containsExactly("web/env/T_GID: needs a T_UID beside it, was 'adm'");
  }

  @Test
  void accountsAndPathsThatCannotBe_areRefused() {
    tree.set("web", "STATEDIR", "/run/web\n");
    tree.set("web", "T_UID", "a:b\n");
    assertThat(tree.read("web")).isInstanceOf(Definition.Refused.class);
    assertThat(tree.told("web")).anyMatch(line -> line.contains("must be the name or the number"));
    tree.set("web", "T_UID", "www\n");
    tree.set("web", "STATEDIR", "/a\0/b\0\n");
    assertThat(tree.spec("web").steps()).hasSize(2);
  }

  @Test
  void brokenDefinition_isRefusedWithItsText() {
    tree.disk.file("web/broken", "Needs a\nconfiguration.\n");
    assertThat(tree.told("web"))
        .containsExactly(
            "web/broken: must be removed by whoever has mended the definition, was 'Needs a"
                + " configuration.'");
  }

  @Test
  void check_isAProbe_andNotificationFdComesFirst() {
    tree.disk.program("web/check", SCRIPT);
    assertThat(tree.spec("web").readiness())
        .isEqualTo(ReadinessSpec.probed(Probe.command("./check")));
    tree.disk.file("web/notification-fd", "3\n");
    assertThat(tree.spec("web").readiness())
        .isEqualTo(new ReadinessSpec.Notified(3, Duration.ofSeconds(60)));
    assertThat(tree.notes("web"))
        .containsExactly("web/check: is not honoured beside notification-fd");
  }

  @Test
  void finish_hasTheArgumentsOfTheFramework() {
    tree.link("web/finish", "../.finish/finish");
    FinishSpec finish = tree.spec("web").finish().orElseThrow();
    assertThat(finish.style()).isEqualTo(FinishSpec.Style.RUNIT);
    assertThat(finish.command().argv()).containsExactly("./finish");
    tree.disk.file(".env/FRAMEWORK", "s6\n");
    assertThat(tree.spec("web").finish()).contains(FinishSpec.of(FinishSpec.Style.S6, "./finish"));
  }

  @Test
  void timeoutOfFinish_isItsLimit_ifTheFrameworkIsS6() {
    tree.link("web/finish", "../.finish/finish");
    tree.disk.file("web/timeout-finish", "1500\n");
    assertThat(tree.spec("web").finish().orElseThrow().limit()).isEqualTo(FinishSpec.LIMIT_MAX);
    assertThat(tree.notes("web"))
        .containsExactly("web/timeout-finish: is not honoured: FRAMEWORK is not s6");
    tree.disk.file(".env/FRAMEWORK", "s6\n");
    assertThat(tree.spec("web").finish().orElseThrow().limit()).isEqualTo(Duration.ofMillis(1500));
    assertThat(tree.notes("web")).isEmpty();
    tree.disk.file("web/timeout-finish", "0\n");
    assertThat(tree.spec("web").finish().orElseThrow().limit()).isEqualTo(FinishSpec.LIMIT_MAX);
    assertThat(tree.notes("web"))
        .containsExactly("web/timeout-finish: is not honoured: finish may take a day at most");
  }

  @Test
  void downAndStop_areThoseOfServiceDirectories() {
    tree.disk.file("web/down", "");
    tree.disk.file("web/down-signal", "HUP\n");
    tree.disk.file("web/timeout-kill", "1500\n");
    assertThat(tree.spec("web").initially()).isEqualTo(Desire.DOWN);
    assertThat(tree.spec("web").stop()).isEqualTo(StopSpec.of(Signal.HUP, Duration.ofMillis(1500)));
  }

  @Test
  void loggerThatIsTrue_isNone_andTold() {
    tree.link("web/log/run", "../../.log/run");
    assertThat(tree.spec("web").output()).isEqualTo(OutputSpec.logged(LogSpec.of(logRoot("web"))));
    assertThat(tree.notes("web"))
        .containsExactly("web/log/run: is true, which reads nothing: output goes to the log root");
  }

  @Test
  void logger_isAChildOfItsOwn() {
    tree.disk.program(".log/run-multilog", SCRIPT);
    tree.link("web/log/run", "../../.log/run-multilog");
    Definition.Defined read = (Definition.Defined) tree.read("web");
    ProcessSpec logger = read.logger().orElseThrow();
    assertThat(logger.id().name()).isEqualTo("web.log");
    assertThat(logger.command().argv()).containsExactly("./run");
    assertThat(logger.directory()).isEqualTo(web.resolve("log"));
    assertThat(logger.input()).isEqualTo(InputSpec.fed());
    assertThat(read.spec().output()).isEqualTo(OutputSpec.toChild("web.log"));
    tree.disk.file("web/log/config", "s1000\n");
    assertThat(tree.notes("web")).containsExactly("web/log/config: is not honoured beside log/run");
  }

  @Test
  void logRunThatLeadsNowhere_isRefused() {
    tree.link("web/log/run", "../../.log/no-such");
    assertThat(tree.told("web")).containsExactly("web/log/run: is missing");
  }

  @Test
  void directories_areThisFormatByTheirTemplate_orWithoutRunByTheirEnv() {
    tree.disk.program("own/run", SCRIPT);
    tree.disk.directory("own/env");
    tree.disk.directory("nothing");
    tree.disk.file("norun/env/DAEMON", "/bin/sleep\n");
    tree.disk.file("noenv/x", "");
    tree.link("noenv/run", "../.run/run");
    tree.disk.directory("bare/env");
    tree.link("dangling/env", "./data/version/current");
    assertThat(reads("web")).isTrue();
    assertThat(reads("norun")).isTrue();
    assertThat(reads("dangling")).isTrue();
    assertThat(reads("own")).isFalse();
    assertThat(reads("nothing")).isFalse();
    assertThat(reads("noenv")).isFalse();
    assertThat(reads("bare")).isFalse();
    assertThat(tree.spec("norun").command().argv()).containsExactly("/bin/sleep");
  }

  private boolean reads(String name) {
    return new SvcdefReader().reads(DirectoryEntry.at(root.resolve(name)));
  }

  @Test
  void definitionThatIsALinkItself_isReadInItsOwnTree() {
    Path scan = tree.disk.directory("scan");
    tree.link("scan/cache", "../web");
    ProcessSpec spec = tree.spec("scan/cache");
    assertThat(spec.id().name()).isEqualTo("cache");
    assertThat(spec.directory()).isEqualTo(scan.resolve("cache"));
    assertThat(spec.environment().variables()).containsEntry("LOGDIR", "/var/log");
  }

  @Test
  void places_areThoseWhereSettingsChange() {
    tree.link("web/needs/other", "../../web");
    assertThat(new SvcdefReader().places(DirectoryEntry.at(web)))
        .containsAll(
            Set.of(
                web,
                web.resolve("needs"),
                web.resolve("data/version"),
                web.resolve("data/version/1.0"),
                root.resolve(".env")));
  }
}
