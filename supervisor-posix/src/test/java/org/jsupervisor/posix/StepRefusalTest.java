package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Steps that cannot be done: what is said, and that the program is not run. */
@EnabledOnOs(OS.LINUX)
class StepRefusalTest {
  private static final LaunchStep NICE = new ResourceStep.Nice(1);

  private final PlatformFixture fixture =
      new PlatformFixture(
          PosixOptions.defaults().withHostEnvironment(Map.of("PATH", "/usr/bin:/bin")));

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void unknownAccounts_areNamed() {
    assertRefused("ENOENT", "there is no user 'nobody-here'", PrivilegeStep.User.of("nobody-here"));
    assertRefused(
        "ENOENT",
        "there is no group 'no-such'",
        PrivilegeStep.User.of("nobody").withSupplementary(List.of("4", "no-such")));
    assertRefused("ENOENT", "user number 54321 has no entry", PrivilegeStep.User.of("54321"));
    assertRefused(
        "ENOENT",
        "there is no user 'nobody-here'",
        new FileStep.RunDirectory(
            directory.resolve("run"), Optional.of("nobody-here"), Optional.empty(), 0755));
  }

  @Test
  void missingPlaces_areNamed() throws IOException {
    Path gone = directory.resolve("gone");
    Path file = Files.writeString(directory.resolve("file"), "");

    assertRefused("ENOENT", gone.toString(), FileStep.EnvironmentDirectory.of(gone));
    assertRefused("ENOENT", gone.toString(), new ResourceStep.Cgroup(gone));
    assertRefused("ENOENT", gone.toString(), new PrivilegeStep.Chroot(gone));
    assertRefused("ENOENT", gone.toString(), FileStep.Fifo.of(gone.resolve("fifo")));
    assertRefused("ENOENT", gone.toString(), FileStep.Redirect.input(gone));
    assertRefused(
        "ENOENT",
        gone.toString(),
        new FileStep.Lock(gone.resolve("l"), FileStep.Lock.IfTaken.WAITS));
    assertRefused("EEXIST", "must be a directory", FileStep.RunDirectory.of(file));
    assertRefused("EEXIST", "must be a named pipe", FileStep.Fifo.of(file));
  }

  @Test
  void missingEnvironmentDirectory_mayBeIgnored() {
    var step =
        new FileStep.EnvironmentDirectory(
            directory.resolve("gone"), FileStep.EnvironmentDirectory.IfMissing.IGNORED);

    assertThat(fixture.awaitExit(fixture.launch(spec -> spec.addStep(step), "true")).describe())
        .isEqualTo("exit code 0");
  }

  @Test
  void f55_symbolicLinks_areNotFollowed() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "precious");
    Path targetDirectory = Files.createDirectory(directory.resolve("target-directory"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    Path linkToDirectory =
        Files.createSymbolicLink(directory.resolve("link-to-directory"), targetDirectory);

    assertRefused(
        "ELOOP",
        "must not be a symbolic link",
        FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDOUT, link));
    assertRefused(
        "ELOOP",
        "must not be a symbolic link",
        FileStep.Redirect.append(FileStep.Redirect.Stream.STDERR, link));
    assertRefused("EEXIST", "must be a directory", FileStep.RunDirectory.of(linkToDirectory));
    assertRefused("EEXIST", "must be a named pipe", FileStep.Fifo.of(link));
    assertThat(target).hasContent("precious");
  }

  @Test
  void impossibleValues_areNamed() {
    assertRefused(
        "EINVAL",
        "there is no capability 'fly'",
        new PrivilegeStep.Capabilities(new TreeSet<>(Set.of("fly")), new TreeSet<>()));
    assertRefused(
        "EINVAL",
        "processors [8000] are not there",
        new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(0, 8000))));
    assertRefused(
        "EINVAL",
        "soft limit would be above",
        new ResourceStep.Limit(Resource.OPEN_FILES, Bound.UNCHANGED, Bound.at(3)));
  }

  @Test
  void environmentDirectoryWithABadName_isRefused() throws IOException {
    Files.writeString(directory.resolve("a=b"), "x");

    assertRefused("EINVAL", "a=b", FileStep.EnvironmentDirectory.of(directory));
  }

  @Test
  void programsOfAChain_areFoundBeforeTheStart() throws IOException {
    Path plain = Files.writeString(directory.resolve("plain"), "echo hello\n");
    Path bad = Files.writeString(directory.resolve("bad"), "#!/nowhere/interp\n");
    assertThat(bad.toFile().setExecutable(true)).isTrue();

    assertFailure("ENOENT", "no-such-program", NICE, "no-such-program");
    assertFailure("ENOENT", "/nowhere/prog", NICE, "/nowhere/prog");
    assertFailure("EACCES", plain.toString(), NICE, plain.toString());
    assertFailure("ENOENT", "/nowhere/interp", NICE, bad.toString());
    assertFailure("EACCES", directory.toString(), NICE, directory.toString());
    assertThat(plain.toFile().setExecutable(true)).isTrue();
    assertFailure("ENOEXEC", plain.toString(), NICE, plain.toString());
    var before = new ProgramStep.PreLaunch(Command.of("no-such-command"));
    assertFailure("ENOENT", "no-such-command", before, "true");
  }

  @Test
  void missingTool_isNamed_andNothingIsOpenedOrStarted() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.copy(Path.of("/bin/true"), directory.resolve("true"));
    Path out = directory.resolve("out");
    var run =
        fixture.launch(
            spec ->
                spec.addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDOUT, out))
                    .addStep(new PrivilegeStep.Chroot(directory))
                    .addStep(new PrivilegeStep.NoNewPrivileges()),
            "/true");

    assertThat(fixture.awaitFailure(run).message())
        .isEqualTo(
            "step 'no-new-privileges': none of setpriv is in /usr/sbin:/sbin:/usr/bin:/bin inside "
                + directory);
    assertThat(out).doesNotExist();
    assertThat(fixture.all(PlatformReport.Launched.class, run)).isEmpty();
  }

  /** F56 in the chain itself: what is executed by a process that may not change its user. */
  @Test
  void f56_failedDropOfPrivileges_neverRunsTheProgram() throws Exception {
    Path mark = directory.resolve("mark");
    Path status = directory.resolve("status");
    for (List<String> tool :
        List.of(
            List.of("setpriv", "--reuid=65533", "--regid=65533", "--clear-groups", "--"),
            List.of("chroot", "--userspec=+65533:+65533", "--groups=", "--", "/"),
            List.of("chpst", "-u", ":65533:65533", "--"),
            List.of("s6-applyuidgid", "-u", "65533", "-g", "65533", "-G", "", "--"))) {
      if (!isTool(tool.get(0))) {
        continue;
      }
      List<String> line = new ArrayList<>(unprivileged());
      line.addAll(tool);
      line.addAll(List.of("/usr/bin/touch", mark.toString()));
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(status.toFile())
              .start();

      assertThat(process.waitFor()).as(tool + ": " + Files.readString(status)).isNotZero();
      assertThat(mark).doesNotExist();
    }
  }

  private static boolean isTool(String name) {
    return List.of("/usr/sbin/", "/usr/bin/", "/bin/").stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place + name)));
  }

  private static List<String> unprivileged() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(isTool("setpriv"), "tool missing: setpriv");
    return List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--");
  }

  /** F56 before the start: a whole host without capabilities. */
  @Test
  void f56_hostWithoutPrivileges_refusesWhatNeedsThem_andRunsTheRest() throws Exception {
    Path run = directory.resolve("run");
    Map<String, String> outcomes =
        runHost(
            UserChanges.APPLIED,
            "user",
            "group",
            "self",
            "chroot",
            "capabilities",
            "ambient",
            "no-new",
            "nice",
            "nicer",
            "limit",
            "lower",
            "umask",
            "fifo",
            "realtime",
            "cpu",
            run.toString());

    assertThat(outcomes.get("user")).startsWith("EPERM: step 'user': user 65534 needs");
    assertThat(outcomes.get("group")).startsWith("EPERM: step 'user': group 65534 and");
    assertThat(outcomes.get("chroot")).startsWith("EPERM: step 'chroot': ").contains("sys_chroot");
    assertThat(outcomes.get("ambient"))
        .startsWith("EPERM: step 'capabilities': ambient kill needs");
    assertThat(outcomes.get("nice")).startsWith("EPERM: step 'nice': ").contains("sys_nice");
    assertThat(outcomes.get("limit")).startsWith("EPERM: step 'limit': nofile above");
    assertThat(outcomes.get("fifo")).startsWith("EPERM: step 'cpu-scheduling': FIFO 5");
    assertThat(outcomes.get("realtime")).startsWith("EPERM: step 'io-scheduling': ");
    assertThat(outcomes.get(run.toString())).startsWith("EPERM: step 'run-directory': ");
    List<String> fine = List.of("self", "capabilities", "no-new", "nicer", "lower", "umask", "cpu");
    for (String name : fine) {
      assertThat(outcomes.get(name)).as(name).isEqualTo("exit code 0");
    }
    assertThat(marks()).containsExactlyInAnyOrderElementsOf(fine);
  }

  @Test
  void userChangesSwitchedOff_runsAsTheHost() throws Exception {
    Path run = directory.resolve("run");
    Map<String, String> outcomes =
        runHost(UserChanges.SWITCHED_OFF, "user", "group", "chroot", run.toString());

    assertThat(outcomes.get("user")).isEqualTo("exit code 0");
    assertThat(outcomes.get("group")).isEqualTo("exit code 0");
    assertThat(outcomes.get(run.toString())).isEqualTo("exit code 0");
    assertThat(outcomes.get("chroot")).startsWith("EPERM: step 'chroot'");
  }

  private List<String> marks() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("mark."))
          .map(name -> name.substring("mark.".length()))
          .toList();
    }
  }

  private Map<String, String> runHost(UserChanges changes, String... steps) throws Exception {
    List<String> line = new ArrayList<>(unprivileged());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", StrangeHostTest.classPath(), StepHost.class.getName()));
    line.addAll(List.of(changes.name(), directory.resolve("mark").toString()));
    line.addAll(Arrays.asList(steps));
    Process host = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String text = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
      Map<String, String> result = new TreeMap<>();
      for (String step : steps) {
        text.lines()
            .filter(found -> found.startsWith(step + ": "))
            .forEach(found -> result.put(step, found.substring(step.length() + 2).strip()));
      }
      assertThat(result).as(text).hasSize(steps.length);
      return result;
    } finally {
      host.destroyForcibly();
    }
  }

  private void assertRefused(String error, String text, LaunchStep step) {
    LaunchFailure failure = failureOf(step, "true");
    assertThat(failure.subject()).isEqualTo("step " + step.kind());
    assertThat(failure.fault()).isEqualTo(LaunchFault.CHILD);
    assertThat(failure.message()).startsWith("step '" + step.kind() + "': ").contains(text);
    assertThat(failure.error()).as(failure.message()).isEqualTo(error);
  }

  private void assertFailure(String error, String subject, LaunchStep step, String program) {
    LaunchFailure failure = failureOf(step, program);
    assertThat(failure.error()).as(failure.message()).isEqualTo(error);
    assertThat(failure.subject()).isEqualTo(subject);
  }

  private LaunchFailure failureOf(LaunchStep step, String program) {
    var run = fixture.launch(spec -> spec.addStep(step), program);
    LaunchFailure failure = fixture.awaitFailure(run);
    assertThat(fixture.all(PlatformReport.Launched.class, run)).isEmpty();
    return failure;
  }
}
