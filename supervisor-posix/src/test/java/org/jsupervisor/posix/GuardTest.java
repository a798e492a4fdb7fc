package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The guard while its host lives. */
@EnabledOnOs(OS.LINUX)
class GuardTest {
  @TempDir Path directory;

  @Test
  void withoutAChild_thereIsNoGuard() {
    try (var fixture = new PlatformFixture()) {
      fixture.platform.poll(0, fixture.reports::add);

      assertThat(guards()).isEmpty();
    }
  }

  @Test
  void guard_isThereBeforeTheFirstChild_andOnlyOnce_andGoesWithThePlatform() {
    try (var fixture = new PlatformFixture()) {
      for (int i = 0; i < 5; i++) {
        fixture.awaitLaunched(fixture.launch("sleep", "60"));
        assertThat(guards()).hasSize(1);
      }
    }
    assertThat(guards()).isEmpty();
  }

  @Test
  void guardThatIsKilled_isReplacedAtOnce() {
    try (var fixture = new PlatformFixture()) {
      Incarnation run = fixture.launch("sleep", "60");
      fixture.awaitLaunched(run);
      for (int i = 0; i < 3; i++) {
        List<Long> before = guards();
        PlatformFixture.kill(before.get(0));

        fixture.await("another guard", () -> isAnother(guards(), before));
      }
      assertThat(fixture.all(PlatformReport.Exited.class, run)).isEmpty();
    }
  }

  /** Seen in a build: killed before it had said that it is ready, it was given up. */
  @Test
  void guardThatIsKilledWhileItBegins_isReplacedToo() throws InterruptedException {
    try (var fixture = new PlatformFixture()) {
      fixture.awaitLaunched(fixture.launch("sleep", "60"));
      Set<Long> killed = ConcurrentHashMap.newKeySet();
      Thread killer = new Thread(() -> killAtFirstSight(killed, 3));
      killer.start();

      fixture.await("three were killed", () -> !killer.isAlive());
      fixture.await("another guard", () -> guards().size() == 1 && !killed.containsAll(guards()));

      assertThat(killed).hasSize(3);
    }
  }

  private static void killAtFirstSight(Set<Long> killed, int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (killed.size() < count && System.nanoTime() < end) {
      for (long guard : guards()) {
        if (killed.add(guard)) {
          PlatformFixture.kill(guard);
        }
      }
    }
  }

  private static boolean isAnother(List<Long> now, List<Long> before) {
    return now.size() == 1 && !now.equals(before);
  }

  @Test
  void withoutTheToolsOfTheGuard_aChildThatIsToDieIsRefused() {
    try (var fixture = new PlatformFixture(withoutTools())) {
      var failure = fixture.awaitFailure(fixture.launch("/bin/sleep", "60"));

      assertThat(failure.fault()).isEqualTo(LaunchFault.HOST);
      assertThat(failure.message()).contains("guard").contains("the program cat is missing");
    }
  }

  @Test
  void withoutTheToolsOfTheGuard_aSurvivorIsRefusedIfItsOutputHasToBeRead() {
    try (var fixture = new PlatformFixture(withoutTools())) {
      Incarnation silent = fixture.launch(GuardTest::surviving, "/bin/true");
      var sink = new OutputTarget.Piped(new CollectingSink());
      Incarnation writing = fixture.launch(sink, GuardTest::surviving, "/bin/true");

      assertThat(fixture.awaitExit(silent)).isEqualTo(new ExitStatus.Exited(0));
      assertThat(fixture.awaitFailure(writing).fault()).isEqualTo(LaunchFault.HOST);
    }
  }

  private PosixOptions withoutTools() {
    return PosixOptions.defaults().withHostEnvironment(Map.of("PATH", directory.toString()));
  }

  @Test
  void outputOfASurvivor_isReadToItsEnd_byWayOfAFileThatIsThenRemoved() throws IOException {
    var options = PosixOptions.defaults().withRuntimeDirectory(directory);
    try (var fixture = new PlatformFixture(options)) {
      CollectingSink sink = new CollectingSink();
      Incarnation stays =
          fixture.launch(
              new OutputTarget.Piped(new CollectingSink()), GuardTest::surviving, "sleep", "60");
      Incarnation goes =
          fixture.launch(
              new OutputTarget.Piped(sink), GuardTest::surviving, "sh", "-c", "seq 100000");
      fixture.awaitLaunched(stays);

      fixture.await(PlatformReport.OutputEnded.class, goes);

      assertThat(sink.text()).hasSize(588_895).endsWith("\n100000\n");
      Path runtime = only(directory);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runtime)))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only(runtime))))
          .isEqualTo("rw-------");
      int mode = (int) Files.getAttribute(only(runtime), "unix:mode");
      assertThat(mode & 01000).as("the sticky bit keeps sweepers away").isNotZero();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void runtimeDirectoryThatIsMissing_failsTheLaunchOfASurvivor() {
    Path missing = directory.resolve("missing");
    var options = PosixOptions.defaults().withRuntimeDirectory(missing);
    try (var fixture = new PlatformFixture(options)) {
      var sink = new OutputTarget.Piped(new CollectingSink());
      var failure = fixture.awaitFailure(fixture.launch(sink, GuardTest::surviving, "true"));

      assertThat(failure.fault()).isEqualTo(LaunchFault.HOST);
      assertThat(failure.message()).contains(missing.toString());
    }
  }

  @Test
  void survivor_canSayThatItIsReady() {
    try (var fixture = new PlatformFixture()) {
      Incarnation run =
          fixture.launch(
              spec -> surviving(spec).withReadiness(ReadinessSpec.notified(5)),
              "sh",
              "-c",
              "echo >&5; exec sleep 60");

      fixture.await(PlatformReport.Notified.class, run);
    }
  }

  @Test
  void token_isInNoReportAndNoFailure() {
    try (var fixture = new PlatformFixture()) {
      fixture.awaitExit(fixture.launch("true"));
      fixture.awaitFailure(fixture.launch("/no/such/program"));

      assertThat(fixture.reports.toString()).doesNotContain("JSUPERVISOR_RUN");
    }
  }

  /** F10, peers' bug 15: the kernel kills all when it ends; until then it must work. */
  @Test
  void hostThatIsProcessOne_worksAsAnyOther() throws Exception {
    Assumed.hostAsProcessOne();
    try (HostJvm host =
        HostJvm.start(
            HostJvm.AS_PROCESS_ONE,
            HostProgram.class,
            "sh",
            "-c",
            "setsid sleep 60 & echo $PPID; exit 7")) {
      host.awaitLine("1");
      host.awaitLine(" exit code 7");
    }
  }

  private static ProcessSpec.Builder surviving(ProcessSpec.Builder spec) {
    return spec.withHostDeath(HostDeath.SURVIVE);
  }

  private static List<Long> guards() {
    return PlatformFixture.guards(ProcessHandle.current().pid());
  }

  private static Path only(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
