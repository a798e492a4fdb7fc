package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of those that a run leaves behind outside its process group. */
@EnabledOnOs(OS.LINUX)
class RunLeftoversTest {
  // The session of its own is led by a shell that goes at once: a daemon that has forked twice.
  private static final String DAEMON =
      "setsid sh -c 'trap \"\" TERM; sleep 60 & echo $! > \"$0\"' \"$0\"; ";
  private static final String BOMB =
      "setsid sh -c \"$BOMB\" & setsid sh -c \"$BOMB\" & sleep 0.05; exec sh -c \"$BOMB\"";
  private static final String BOMBER = "64917";

  // A shell ends when it cannot fork, so the bomb may go out by itself: it is lit again and again,
  // by one whom its limit does not concern.
  private static final String IGNITIONS =
      "while :; do setpriv --reuid="
          + BOMBER
          + " --clear-groups prlimit --nproc=50 setsid sh -c \"$BOMB\" & sleep 0.2; done";

  private final PlatformFixture fixture = new PlatformFixture();
  private final List<Long> seen = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
    seen.forEach(PlatformFixture::kill);
  }

  /** F15. */
  @Test
  void daemonThatForksAway_isGoneBeforeTheEndIsTold_andReported() {
    Incarnation run = launch(Leftovers.KILLED, DAEMON + "exit 3");
    long daemon = daemon();

    fixture.awaitExit(run);

    assertThat(PlatformFixture.isAlive(daemon)).isFalse();
    assertThat(fixture.reports)
        .containsSubsequence(
            new PlatformReport.LeftBehind(run, 1, Leftovers.KILLED),
            fixture.all(PlatformReport.Exited.class, run).get(0));
  }

  /** F15, F11. */
  @Test
  void stop_reachesADaemonThatHasForkedAway_andIgnoresTerm() {
    Incarnation run = launch(Leftovers.KEPT, DAEMON + "exec sleep 60");
    long daemon = daemon();
    fixture.awaitLaunched(run);

    fixture.platform.stop(run, Signal.TERM);
    fixture.awaitExit(run);

    assertThat(PlatformFixture.isAlive(daemon)).isFalse();
  }

  /** F15. */
  @Test
  void daemonThatIsToBeKept_livesOn_andIsReported() {
    Incarnation run = launch(Leftovers.KEPT, DAEMON + "exit 3");
    long daemon = daemon();

    fixture.awaitExit(run);

    assertThat(fixture.all(PlatformReport.LeftBehind.class, run))
        .containsExactly(new PlatformReport.LeftBehind(run, 1, Leftovers.KEPT));
    assertThat(PlatformFixture.isAlive(daemon)).isTrue();
  }

  /** F15. While a process exchanges its program it has no environment to be known by. */
  @RepeatedTest(10)
  void daemonThatExchangesItsProgramAllTheTime_isFound() throws IOException {
    Path program = Files.writeString(directory.resolve("restless"), "exec sh \"$0\"\n");
    Incarnation run =
        fixture.launch(
            "sh",
            "-c",
            "setsid sh \"$1\" & echo $! > \"$0\"; sleep 0.1; exit 3",
            file().toString(),
            program.toString());
    long daemon = daemon();

    fixture.awaitExit(run);

    assertThat(PlatformFixture.isAlive(daemon)).isFalse();
  }

  @Test
  void otherGroupOfTheSession_isFoundWithoutTheToken() {
    Assumed.tools("bash");
    Incarnation run =
        fixture.launch(
            "bash", "-c", "set -m; env -i sleep 60 & echo $! > \"$0\"; exit 0", file().toString());
    long job = daemon();

    fixture.awaitExit(run);

    assertThat(PlatformFixture.isAlive(job)).isFalse();
  }

  @Test
  void nextRun_isNotTakenForALeftoverOfTheLastOne() {
    Incarnation first = launch(Leftovers.KILLED, DAEMON + "exit 3");
    Incarnation second = fixture.launch("sleep", "60");
    long alive = fixture.awaitLaunched(second).value();

    fixture.awaitExit(first);
    seen.add(daemon());

    assertThat(PlatformFixture.isAlive(alive)).isTrue();
  }

  @Test
  void leftoverThatTakesTooLong_doesNotHoldTheEndBack() {
    var options = PosixOptions.defaults().withLeftoverWait(Duration.ofNanos(1));
    try (var impatient = new PlatformFixture(options)) {
      Incarnation run = impatient.launch("sh", "-c", DAEMON + "exit 3", file().toString());
      seen.add(Long.parseLong(impatient.awaitLine(file())));

      impatient.awaitExit(run);
    }
  }

  /** F13, when it comes to KILL; that CONT follows TERM is tested in the engine suite. */
  @Test
  void stoppedProcesses_areKilledAllTheSame() {
    Incarnation run = launch(Leftovers.KILLED, DAEMON + "kill -STOP $(cat \"$0\"); kill -STOP $$");
    long daemon = daemon();
    long leader = fixture.awaitLaunched(run).value();
    fixture.await("both are stopped", () -> isStopped(daemon) && isStopped(leader));

    fixture.platform.stop(run, Signal.KILL);
    fixture.awaitExit(run);

    assertThat(PlatformFixture.isAlive(daemon)).isFalse();
  }

  /** Peers' bug 15. */
  @Test
  void twoHundredChildrenStoppedAtOnce_leaveNobody() throws IOException {
    List<Incarnation> runs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String name = directory.resolve("pid-" + i).toString();
      runs.add(fixture.launch("sh", "-c", DAEMON + "exec sleep 60", name));
    }
    for (int i = 0; i < 200; i++) {
      seen.add(Long.parseLong(fixture.awaitLine(directory.resolve("pid-" + i))));
    }

    // A stop that comes before it is for nobody.
    runs.forEach(fixture::awaitLaunched);
    runs.forEach(run -> fixture.platform.stop(run, Signal.TERM));
    runs.forEach(fixture::awaitExit);

    assertThat(seen).noneMatch(PlatformFixture::isAlive);
  }

  /** F14: each of them makes a session of its own, so that no signal to a group reaches it. */
  @Test
  void forkBomb_isEnded() {
    Assumed.tools("setpriv", "prlimit");
    Assumed.root();
    Incarnation run = fixture.launch(spec -> spec.addVariable("BOMB", BOMB), "sh", "-c", IGNITIONS);
    fixture.awaitLaunched(run);
    fixture.await("a bomb", () -> ownedBy(BOMBER).count() >= 20);
    assertThat(ownedBy(BOMBER).count()).isLessThan(100);

    fixture.platform.stop(run, Signal.KILL);
    fixture.awaitExit(run);

    fixture.await("its end", () -> ownedBy(BOMBER).noneMatch(PlatformFixture::isAlive));
  }

  private Incarnation launch(Leftovers leftovers, String script) {
    return fixture.launch(
        spec -> spec.withLeftovers(leftovers), "sh", "-c", script, file().toString());
  }

  private Path file() {
    return directory.resolve("pid");
  }

  private long daemon() {
    long pid = Long.parseLong(fixture.awaitLine(file()));
    seen.add(pid);
    return pid;
  }

  private static boolean isStopped(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      return false;
    }
  }

  private static Stream<Long> ownedBy(String user) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(
            pid -> {
              try {
                return Files.getOwner(Path.of("/proc/" + pid)).getName().equals(user);
              } catch (IOException e) {
                return false;
              }
            });
  }
}
