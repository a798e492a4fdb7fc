package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.spec.Environment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Launches that fail, and where programs are found. */
@EnabledOnOs(OS.LINUX)
class LaunchFailureTest {
  private final PlatformFixture fixture =
      new PlatformFixture(
          PosixOptions.defaults().withHostEnvironment(Map.of("PATH", "/usr/bin:/bin")));

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  /** F26. */
  @Test
  void missingProgram_namesIt() {
    LaunchFailure failure = failureOf("/nowhere/prog");

    assertChildsFault(failure, "ENOENT", "/nowhere/prog");
  }

  @Test
  void missingProgramInPath_namesIt() {
    LaunchFailure failure = failureOf("no-such-program");

    assertChildsFault(failure, "ENOENT", "no-such-program");
    assertThat(failure.message()).contains("PATH");
  }

  /** F26. */
  @Test
  void fileThatIsNotExecutable_isNotFoundAsProgram() throws IOException {
    Path file = script("plain", "#!/bin/sh\n", "rw-------");

    assertChildsFault(failureOf(file.toString()), "EACCES", file.toString());
  }

  @Test
  void onlyCandidateInPathNotExecutable_isEacces() throws IOException {
    script("plain", "#!/bin/sh\n", "rw-------");
    Environment environment = Environment.empty().with("PATH", directory.toString());

    Incarnation run = fixture.launch(spec -> spec.withEnvironment(environment), "plain");

    assertChildsFault(fixture.awaitFailure(run), "EACCES", "plain");
  }

  /** F26. */
  @Test
  void missingInterpreter_isTheSubject() throws IOException {
    Path file = script("bad", "#!/nowhere/interp -x\n", "rwx------");

    LaunchFailure failure = failureOf(file.toString());

    assertChildsFault(failure, "ENOENT", "/nowhere/interp");
    assertThat(failure.message()).contains(file.toString());
  }

  /** F26. */
  @Test
  void missingDirectory_isTheSubject() {
    Path missing = directory.resolve("gone");

    Incarnation run = fixture.launch(spec -> spec.withDirectory(missing), "true");

    assertChildsFault(fixture.awaitFailure(run), "ENOENT", missing.toString());
  }

  @Test
  void fileAsDirectory_isTheSubject() throws IOException {
    Path file = script("file", "", "rw-------");

    Incarnation run = fixture.launch(spec -> spec.withDirectory(file), "true");

    assertChildsFault(fixture.awaitFailure(run), "ENOTDIR", file.toString());
  }

  @Test
  void directoryAsProgram_isSaidSo() {
    LaunchFailure failure = failureOf(directory.toString());

    assertChildsFault(failure, "EACCES", directory.toString());
    assertThat(failure.message()).contains("is a directory");
  }

  /** F26. */
  @Test
  void scriptWithoutInterpreterLine_isEnoexec() throws IOException {
    Path file = script("noline", "echo hello\n", "rwx------");

    LaunchFailure failure = failureOf(file.toString());

    assertChildsFault(failure, "ENOEXEC", file.toString());
    assertThat(failure.message()).contains("#!");
  }

  /** F26. */
  @Test
  void argumentThatIsTooLong_isE2big() {
    assertChildsFault(failureOf("true", "x".repeat(200_000)), "E2BIG", "true");
    assertChildsFault(failureOf("true", "x".repeat(9_000_000)), "E2BIG", "true");
  }

  @Test
  void messageOfAStrangeName_isOneLine() {
    LaunchFailure failure = failureOf("/no\nwhere\u001b[31m");

    assertThat(failure.message()).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void messageOfALongName_isBounded() {
    LaunchFailure failure = failureOf("x".repeat(1_000_000));

    assertThat(failure.error()).isEqualTo("ENOENT");
    assertThat(failure.subject()).hasSizeLessThanOrEqualTo(500);
    assertThat(failure.message()).hasSizeLessThanOrEqualTo(500).contains("PATH");
  }

  @Test
  void programWithoutSlash_isFoundInTheChildsPath() throws IOException {
    script("own-program", "#!/bin/sh\nexit 7\n", "rwx------");
    Environment environment =
        Environment.empty().with("PATH", "/nowhere:" + directory + ":/usr/bin");

    Incarnation run = fixture.launch(spec -> spec.withEnvironment(environment), "own-program");

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(7));
  }

  @Test
  void relativeProgramAndRelativePath_startFromTheChildsDirectory() throws IOException {
    script("own-program", "#!/bin/sh\nexit 8\n", "rwx------");
    Environment here = Environment.empty().with("PATH", ":/bin");

    Incarnation byPath =
        fixture.launch(spec -> spec.withDirectory(directory).withEnvironment(here), "own-program");
    Incarnation bySlash = fixture.launch(spec -> spec.withDirectory(directory), "./own-program");

    assertThat(fixture.awaitExit(byPath)).isEqualTo(new ExitStatus.Exited(8));
    assertThat(fixture.awaitExit(bySlash)).isEqualTo(new ExitStatus.Exited(8));
  }

  @Test
  void withoutPath_theStandardDirectoriesAreSearched() {
    Incarnation run = fixture.launch(spec -> spec.withEnvironment(Environment.empty()), "true");

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void failedLaunch_closesItsRetiredSink_andReportsNothingElse() {
    CollectingSink sink = new CollectingSink();

    Incarnation run = fixture.launch(sink, "/nowhere/prog");
    fixture.platform.retire(sink);

    fixture.awaitFailure(run);
    fixture.await("the sink is closed", () -> sink.closed.get() == 1);
    assertThat(fixture.reports).hasSize(1);
  }

  @Test
  void fullLaunchQueue_isTheHostsFault() {
    try (var small = new PlatformFixture(PosixOptions.defaults().withLaunchQueueMax(1))) {
      for (int i = 0; i < 200; i++) {
        small.launch("true");
      }

      small.await("200 outcomes", () -> outcomes(small) == 200);

      assertThat(small.reports)
          .filteredOn(PlatformReport.LaunchFailed.class::isInstance)
          .isNotEmpty()
          .extracting(report -> ((PlatformReport.LaunchFailed) report).failure())
          .allMatch(f -> f.fault() == LaunchFault.HOST && f.subject().equals("launch queue"));
    }
  }

  private static long outcomes(PlatformFixture of) {
    return of.reports.stream()
        .filter(
            report ->
                report instanceof PlatformReport.Exited
                    || report instanceof PlatformReport.LaunchFailed)
        .count();
  }

  private LaunchFailure failureOf(String... command) {
    return fixture.awaitFailure(fixture.launch(command));
  }

  private static void assertChildsFault(LaunchFailure failure, String error, String subject) {
    assertThat(failure.fault()).isEqualTo(LaunchFault.CHILD);
    assertThat(failure.error()).isEqualTo(error);
    assertThat(failure.subject()).isEqualTo(subject);
    assertThat(failure.message()).contains(subject).doesNotContain("\n");
  }

  private Path script(String name, String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
