package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  void missingWorkingDirectory_isTheSubject_notTheProgramInIt() {
    Path gone = directory.resolve("gone");
    var run = fixture.launch(spec -> spec.addStep(NICE).withDirectory(gone), "./prog");

    LaunchFailure failure = fixture.awaitFailure(run);
    assertThat(failure.error()).isEqualTo("ENOENT");
    assertThat(failure.subject()).isEqualTo(gone.toString());
  }

  @Test
  void argumentThatIsTooLong_isTheProgramsFault_notTheTools() {
    var run = fixture.launch(spec -> spec.addStep(NICE), "true", "x".repeat(200_000));

    LaunchFailure failure = fixture.awaitFailure(run);
    assertThat(failure.error()).isEqualTo("E2BIG");
    assertThat(failure.subject()).isEqualTo("true");
  }

  @Test
  void missingTool_isNamed_andNothingIsOpenedOrStarted() throws IOException {
    Assumed.root();
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
