package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.UserVariables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees of the launch steps that take privileges away. */
@EnabledOnOs(OS.LINUX)
class StepPrivilegesTest {
  private static final String NOBODY = "65534";

  private final StepFixture steps = new StepFixture();

  @TempDir Path directory;

  @AfterEach
  void close() {
    steps.close();
  }

  @Test
  void user_isChangedWithAllItsGroups() {
    Assumed.root();
    var user = PrivilegeStep.User.of(NOBODY).withGroup("65533");
    String status =
        steps.output(user.withSupplementary(List.of("4", "27")), "cat", "/proc/self/status");

    assertThat(status)
        .contains("Uid:\t65534\t65534\t65534\t65534\n")
        .contains("Gid:\t65533\t65533\t65533\t65533\n")
        .contains("Groups:\t4 27 \n")
        .contains("CapEff:\t0000000000000000\n");
    assertThat(steps.output(user.withSupplementary(List.of()), "cat", "/proc/self/status"))
        .containsPattern("Groups:\t *\n");
  }

  @Test
  void userByName_hasWhatTheDatabaseSays() throws Exception {
    Assumed.root();
    String expected = StepFixture.hostOutput("id", "nobody");

    assertThat(steps.output(PrivilegeStep.User.of("nobody"), "id")).isEqualTo(expected);
  }

  /** What a program finds of the user, on a host of root's. */
  private static String toldUser(UnaryOperator<ProcessSpec.Builder> with) {
    Map<String, String> host =
        Map.of(
            "PATH", StepFixture.PATH,
            "USER", "root",
            "LOGNAME", "root",
            "HOME", "/root",
            "SHELL", "/bin/sh");
    try (StepFixture steps = new StepFixture(host)) {
      return steps.output(with, "sh", "-c", "echo $USER $LOGNAME ${HOME-none} ${SHELL-none}");
    }
  }

  @Test
  void variablesOfTheAccount_replaceThoseOfTheHost_butNotWhatTheEnvironmentSays() {
    Assumed.root();
    var unchanged = PrivilegeStep.User.of("daemon");
    var user = unchanged.withVariables(UserVariables.OF_ACCOUNT);
    var number =
        PrivilegeStep.User.of("54321").withGroup("54321").withVariables(UserVariables.OF_ACCOUNT);

    assertThat(toldUser(spec -> spec.addStep(unchanged))).isEqualTo("root root /root /bin/sh\n");
    assertThat(toldUser(spec -> spec.addStep(user))).isEqualTo("daemon daemon /usr/sbin none\n");
    assertThat(
            toldUser(
                spec -> spec.addStep(user).addVariable("HOME", "/srv").addVariable("SHELL", "rc")))
        .isEqualTo("daemon daemon /srv rc\n");
    assertThat(
            toldUser(
                spec ->
                    spec.addStep(user).withEnvironment(Environment.inheritAllBut(Set.of("HOME")))))
        .isEqualTo("daemon daemon none none\n");
    assertThat(toldUser(spec -> spec.addStep(number).addVariable("USER", "me")))
        .isEqualTo("me none none\n");
  }

  @Test
  void privileges_canAllBeGivenUpAtOnce() {
    Assumed.root();
    Assumed.tools("setpriv");
    String status =
        steps.output(
            spec ->
                spec.addStep(new PrivilegeStep.NoNewPrivileges())
                    .addStep(PrivilegeStep.Capabilities.only("net_bind_service"))
                    .addStep(PrivilegeStep.User.of("nobody")),
            "cat",
            "/proc/self/status");

    assertThat(status)
        .contains("Uid:\t65534\t")
        .contains("CapBnd:\t0000000000000400\n")
        .contains("CapAmb:\t0000000000000400\n")
        .contains("CapEff:\t0000000000000400\n")
        .contains("NoNewPrivs:\t1\n");
  }

  @Test
  void capabilities_none_holdsForRoot() {
    Assumed.root();
    Assumed.tools("setpriv");

    assertThat(steps.output(PrivilegeStep.Capabilities.none(), "cat", "/proc/self/status"))
        .contains("CapBnd:\t0000000000000000\n")
        .contains("CapPrm:\t0000000000000000\n");
  }

  @Test
  void parentDeath_isSetAfterTheUser() {
    Assumed.root();
    Assumed.tools("setpriv", "perl");
    String ask =
        "my $s = pack('i', 0); syscall("
            + prctlNumber()
            + ", 2, $s, 0, 0, 0); print unpack('i', $s), \"\\n\"";
    String signal =
        steps.output(
            spec ->
                spec.addStep(new ProgramStep.ParentDeath(Signal.TERM))
                    .addStep(PrivilegeStep.User.of("nobody")),
            "perl",
            "-e",
            ask);

    assertThat(signal).isEqualTo("15\n");
  }

  private static int prctlNumber() {
    return System.getProperty("os.arch").equals("amd64") ? 157 : 167;
  }

  @Test
  void chroot_isTheRootOfProgramAndDirectory() throws Exception {
    Assumed.root();
    Assumed.tools("ldd");
    Path root = Files.createDirectory(directory.resolve("new root"));
    for (String program : List.of("sh", "id")) {
      copyWithLibraries(program, root);
    }
    Files.createDirectories(root.resolve("srv/here"));
    for (String open : List.of("", "srv", "srv/here")) {
      assertThat(root.resolve(open).toFile().setExecutable(true, false)).isTrue();
    }
    var chroot = new PrivilegeStep.Chroot(root);

    assertThat(steps.output(chroot, "sh", "-c", "pwd; test -d /srv && test ! -d /proc"))
        .isEqualTo("/\n");
    String elsewhere =
        steps.output(
            spec ->
                spec.addStep(PrivilegeStep.User.of("nobody"))
                    .addStep(chroot)
                    .addStep(new ResourceStep.Umask(077))
                    .withDirectory(Path.of("/srv/here")),
            "sh",
            "-c",
            "pwd; id -u; id -G; umask");
    assertThat(elsewhere).isEqualTo("/srv/here\n65534\n65534\n0077\n");
  }

  /** Copies: a mount that is left behind would have its files deleted with the directory. */
  private static void copyWithLibraries(String program, Path root) throws Exception {
    Path file = Path.of("/bin", program);
    copy(file, root);
    for (String word : StepFixture.hostOutput("ldd", file.toString()).split("\\s+", -1)) {
      if (word.startsWith("/")) {
        copy(Path.of(word), root);
      }
    }
  }

  private static void copy(Path file, Path root) throws IOException {
    Path target = root.resolve(Path.of("/").relativize(file));
    Files.createDirectories(target.getParent());
    Files.copy(file.toRealPath(), target, StandardCopyOption.REPLACE_EXISTING);
    assertThat(target.toFile().setExecutable(true, false)).isTrue();
    for (Path made = target.getParent(); !made.equals(root); made = made.getParent()) {
      assertThat(made.toFile().setExecutable(true, false)).isTrue();
    }
  }
}
