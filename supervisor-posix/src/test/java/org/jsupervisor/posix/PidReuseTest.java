package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F28, F30: the number of a child is that of a stranger by now, and nothing of ours reaches that
 * one. The numbers are really used again, in a pid namespace.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class PidReuseTest {
  /** How often a kill and an end meet; more in the long run: see docs/faults.md. */
  private static final int ROUNDS = Integer.getInteger("pidReuse.rounds", 100);

  // The host is not process 1: that is another story. Whoever is process 1 outlives the host.
  private static final List<String> INSIDE = List.of("sh", "-c", "\"$@\"; exec sleep 60", "sh");

  @BeforeEach
  void requireNamespaces() throws Exception {
    Assumed.tools("unshare", "perl");
    List<String> line = new ArrayList<>(HostJvm.AS_PROCESS_ONE);
    line.addAll(List.of("sh", "-c", "echo 400 > /proc/sys/kernel/ns_last_pid"));
    assumeTrue(
        new ProcessBuilder(line).start().waitFor() == 0,
        "needs root, to choose numbers in a pid namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f28_numberOfAnEndedRun_isNotSignalledAnyMore(String detection) throws Exception {
    assertUnhurt(detection, "ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f28_numberOfAStolenRun_isNotSignalled_thoughItsEndIsNotKnown(String detection)
      throws Exception {
    assertUnhurt(detection, "stolen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f28_closedPlatform_doesNotKillTheNextOneWithTheNumber(String detection) throws Exception {
    assertUnhurt(detection, "closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ended", "stolen", "closed"})
  void f28_withoutPidfdsAtAll_nobodyIsHurtEither(String what) throws Exception {
    Assumed.tools("strace");
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-o/dev/null",
            "-etrace=pidfd_open",
            "-einject=pidfd_open:error=ENOSYS");
    List<String> attempt = new ArrayList<>(strace);
    attempt.add("true");
    assumeTrue(new ProcessBuilder(attempt).start().waitFor() == 0, "strace may not trace here");
    List<String> inside = new ArrayList<>(INSIDE);
    inside.addAll(strace);

    try (HostJvm host = start(inside, "waiters", what)) {
      assertThat(host.linesUntil(PidReuseHost.DONE))
          .contains(PidTaker.UNHURT)
          .noneMatch(line -> line.contains("facts of a stranger"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f28_numberThatIsAnotherChildsOfTheHost_isNotSignalled(String detection) throws Exception {
    try (HostJvm host = start(INSIDE, detection, "cousin")) {
      assertThat(host.linesUntil(PidReuseHost.DONE))
          .contains("cousin lives: true", "cousin: 137")
          .noneMatch(line -> line.contains("facts of a stranger"));
    }
  }

  /** The table of the guard: its number goes before the child is reaped. */
  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f28_guardOfADeadHost_spares_whoHasTheNumberOfAnEndedRun(String detection) throws Exception {
    assertGuardSpares(detection, "ended");
  }

  /** Its number is still in the table. */
  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f28_guardOfADeadHost_spares_whoHasTheNumberOfAStolenRun(String detection) throws Exception {
    assertGuardSpares(detection, "stolen");
  }

  private static void assertGuardSpares(String detection, String moment) throws Exception {
    try (HostJvm host = start(INSIDE, detection, "guard", moment)) {
      host.awaitLine("doomed ended");
      host.awaitLine(PidTaker.UNHURT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pidfd", "waiters"})
  void f30_killThatMeetsAnEnd_hitsNobodyElse_andEachEndIsToldOnce(String detection)
      throws Exception {
    try (HostJvm host = start(INSIDE, detection, "race", Integer.toString(ROUNDS))) {
      assertThat(host.linesUntil(PidReuseHost.DONE))
          .contains("killed some: true, not all: true", PidTaker.UNHURT)
          .noneMatch(line -> line.startsWith(PidReuseHost.HURT));
    }
  }

  private static void assertUnhurt(String detection, String what) throws Exception {
    try (HostJvm host = start(INSIDE, detection, what)) {
      assertThat(host.linesUntil(PidReuseHost.DONE))
          .contains(PidTaker.UNHURT)
          .noneMatch(line -> line.contains("facts of a stranger"));
    }
  }

  private static HostJvm start(List<String> inside, String... arguments) throws IOException {
    List<String> launcher = new ArrayList<>(HostJvm.AS_PROCESS_ONE);
    launcher.addAll(inside);
    return HostJvm.start(launcher, PidReuseHost.class, arguments);
  }
}
