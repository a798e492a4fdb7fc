package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that run out of something, or lose something, each a JVM of its own. */
@EnabledOnOs(OS.LINUX)
class ShortHostTest {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  // It may read what root may, so that it finds its classes; otherwise it is not root.
  private static final String OTHER_USER =
      "exec setpriv --reuid=64999 --clear-groups --inh-caps=+dac_read_search"
          + " --ambient-caps=+dac_read_search ";

  // Made and removed by hand: JUnit warns of each link that it removes.
  private final Path directory = create();

  private static Path create() {
    try {
      return Files.createTempDirectory("short-host");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void removeDirectory() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** F27. */
  @Test
  void hostWithoutDescriptors_failsTheLaunchOnly_andRecovers() throws Exception {
    String said = runHost(java(JAVA_HOME), "ulimit -n 200; exec \"$@\"", "descriptors");

    assertThat(said)
        .contains("before: exit code 0")
        .contains("without: HOST EMFILE")
        .contains("again: HOST EMFILE")
        .contains("first: killed by signal TERM")
        .contains("more descriptors: false")
        .contains("after: exit code 0");
  }

  @Test
  void childWatchedByAThread_isKilledInAShortageAndAfterIt() throws Exception {
    String said = runHost(java(JAVA_HOME), "ulimit -n 200; exec \"$@\"", "watched by a thread");

    assertThat(said)
        .contains("killed in it: killed by signal KILL")
        .contains("is watched by a thread")
        .contains("started in it: killed by signal KILL");
  }

  @Test
  void leftovers_areFoundWithoutDescriptors() throws Exception {
    String said =
        runHost(
            java(JAVA_HOME),
            "ulimit -n 200; exec \"$@\"",
            "leftovers",
            directory.toRealPath().toString());

    assertThat(said)
        .contains("daemon lives before: false")
        .contains("without: killed by signal KILL")
        .contains("daemon lives without: false");
  }

  @Test
  void firstEndOfARun_needsNoClassThatAHostWithoutDescriptorsCannotLoad() throws Exception {
    String said =
        runHost(
            java(JAVA_HOME),
            "ulimit -n 200; exec \"$@\"",
            "first end",
            directory.toRealPath().toString());

    assertThat(said)
        .contains("end: killed by signal TERM")
        .contains("closed: true")
        .contains("daemon lives: false")
        .doesNotContain("NoClassDefFoundError");
  }

  @Test
  void leftovers_areNotForgotten_whenAnotherRunEndsWhileNothingCanBeOpened() throws Exception {
    Assumed.tools("prlimit");

    String said =
        runHost(
            java(JAVA_HOME),
            "ulimit -n 200; exec \"$@\"",
            "leftovers of others",
            directory.toRealPath().toString());

    assertThat(said)
        .contains("other: killed by signal KILL")
        .contains("run: killed by signal KILL")
        .contains("daemon of the run lives: false");
  }

  /** F5. */
  @Test
  void hostThatGetsNoThreads_failsTheLaunchOnly_andRecovers() throws Exception {
    Assumed.root();
    Assumed.tools("setpriv", "prlimit");

    String said = runHost(java(JAVA_HOME), OTHER_USER + "prlimit --nproc=120 \"$@\"", "threads");

    assertThat(said)
        .contains("before: exit code 0")
        .contains("hoarded some: true")
        .contains("without: HOST EAGAIN")
        .contains("first: killed by signal TERM")
        .contains("after: exit code 0");
  }

  @Test
  void platformThatCannotBeOpenedForWantOfThreads_leavesNoDescriptorsBehind() throws Exception {
    Assumed.root();
    Assumed.tools("setpriv", "prlimit");

    String said =
        runHost(
            java(JAVA_HOME), OTHER_USER + "prlimit --nproc=120 \"$@\"", "threads at the opening");

    assertThat(said).contains("failed: true").contains("opened at last: true");
    assertThat(said.lines().filter(line -> line.startsWith("descriptors left")))
        .allMatch(line -> line.endsWith(": 0"));
  }

  @Test
  void hostOfAnotherUser_hasFactsAndPassesItsSelfTest() throws Exception {
    Assumed.root();
    Assumed.tools("setpriv");

    String checks = runHost(java(JAVA_HOME), OTHER_USER + "\"$@\"", "self-test");
    String facts = runHost(java(JAVA_HOME), OTHER_USER + "\"$@\"", "facts");

    assertThat(checks).contains("PASSED kill of the group").doesNotContain("FAILED");
    assertThat(facts).contains("facts: true");
  }

  /** F9. */
  @Test
  void jdkThatIsReplacedUnderTheHost_isNotNeededToLaunch() throws Exception {
    Path copy = directory.toRealPath().resolve("jdk");
    assumeTrue(Files.exists(JAVA_HOME.resolve("lib/jspawnhelper")), "this JDK has no helper");
    copyOf(JAVA_HOME, copy);

    String said = runHost(java(copy), "exec \"$@\"", "helper", copy.toString());

    assertThat(said)
        .contains("own JDK: true")
        .contains("before: exit code 0")
        .contains("JDK: failed")
        .contains("after: exit code 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENOSYS", "EPERM"})
  void hostWithoutPidfds_waitsForEachChildByAThread(String error) throws Exception {
    String said = runHost(java(JAVA_HOME), whereFails("pidfd_open", error), "launch", "/bin/true");

    assertThat(said)
        .contains("gives no pidfd (" + error + ")")
        .contains("at most 1000")
        .contains("launch: exit code 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENOSYS", "EPERM"})
  void leftovers_areFoundWithoutPidfds(String error) throws Exception {
    String said =
        runHost(
            java(JAVA_HOME),
            "ulimit -n 200; " + whereFails("pidfd_open", error),
            "leftovers",
            directory.toRealPath().toString());

    assertThat(said)
        .contains("gives no pidfd (" + error + ")")
        .contains("daemon lives before: false")
        .contains("daemon lives without: false");
  }

  @Test
  void hostWhosePidfdsTellNoStatus_losesWhatIsStolen() throws Exception {
    String said = runHost(java(JAVA_HOME), whereFails("ioctl", "ENOTTY"), "thief");

    assertThat(said).contains("stolen: exit status lost: waitid").contains("ECHILD");
  }

  /** Skips the test if that cannot be arranged here. */
  private static String whereFails(String call, String error) throws Exception {
    Assumed.tools("strace");
    String strace =
        "strace -f -qq -o /dev/null -e trace=%1$s -e inject=%1$s:error=%2$s "
            .formatted(call, error);
    assumeTrue(
        new ProcessBuilder("sh", "-c", strace + "true").start().waitFor() == 0,
        "strace may not trace here");
    return "exec " + strace + "\"$@\"";
  }

  /** F26. */
  @Test
  void programOnAFileSystemWithoutExec_isTheChildsFault() throws Exception {
    Assumed.root();
    Assumed.tools("unshare");
    String mount =
        "mount -t tmpfs -o noexec none " + directory + " && cp /bin/true " + directory + "/prog &&";
    assumeTrue(
        new ProcessBuilder("unshare", "-m", "sh", "-c", mount + " true").start().waitFor() == 0,
        "mounting is not permitted here");

    String said =
        runHost(
            java(JAVA_HOME),
            "exec unshare -m sh -c '" + mount + " exec \"$@\"' sh \"$@\"",
            "launch",
            directory + "/prog");

    assertThat(said).contains("launch: CHILD EACCES").contains(directory + "/prog");
  }

  /** Links, but for what a JDK finds itself by, and what is to be taken away. */
  private static void copyOf(Path jdk, Path copy) throws IOException {
    link(jdk, copy, Set.of("bin", "lib"));
    link(jdk.resolve("bin"), copy.resolve("bin"), Set.of("java"));
    Files.copy(jdk.resolve("bin/java"), copy.resolve("bin/java"));
    link(jdk.resolve("lib"), copy.resolve("lib"), Set.of("libjli.so", "server", "jspawnhelper"));
    Files.copy(jdk.resolve("lib/libjli.so"), copy.resolve("lib/libjli.so"));
    Files.copy(jdk.resolve("lib/jspawnhelper"), copy.resolve("lib/jspawnhelper"));
    link(jdk.resolve("lib/server"), copy.resolve("lib/server"), Set.of("libjvm.so"));
    Files.copy(jdk.resolve("lib/server/libjvm.so"), copy.resolve("lib/server/libjvm.so"));
  }

  private static void link(Path from, Path to, Set<String> without) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!without.contains(name)) {
          Files.createSymbolicLink(to.resolve(name), file);
        }
      }
    }
  }

  private static String java(Path javaHome) {
    return javaHome.resolve("bin/java").toString();
  }

  private static String runHost(String java, String shell, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("sh", "-c", shell, "sh", java));
    line.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-cp", HostJvm.classPath(), ShortHost.class.getName()));
    line.addAll(List.of(arguments));
    Process host = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      host.destroyForcibly();
    }
  }
}
