package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rarer errors of a launch: the child's own, and shortages of the host, which pass. */
@EnabledOnOs(OS.LINUX)
class LaunchErrorsTest {
  private static final Duration HANG = Duration.ofSeconds(2);

  private final PlatformFixture fixture = new PlatformFixture();

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  // The child's fault.

  /** F26. */
  @Test
  void programThatIsALinkToItself_isEloop() throws IOException {
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));

    assertChildsFault(failureOf(loop.toString()), "ELOOP", loop.toString());
  }

  @Test
  void directoryThatIsALinkToItself_isEloop() throws IOException {
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));

    Incarnation run = fixture.launch(spec -> spec.withDirectory(loop), "true");

    assertChildsFault(fixture.awaitFailure(run), "ELOOP", loop.toString());
  }

  /** F26. */
  @Test
  void programThatSomebodyWrites_isEtxtbsy_andRunsAfterwards() throws IOException {
    Path program = program(Files.readAllBytes(Path.of("/bin/true").toRealPath()));
    try (var writer = new RandomAccessFile(program.toFile(), "rw")) {
      assertThat(writer.getFD().valid()).isTrue();
      assertChildsFault(failureOf(program.toString()), "ETXTBSY", program.toString());
    }

    Incarnation run = fixture.launch(program.toString());
    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void nameThatIsTooLong_isEnametoolong() {
    String path = directory.resolve("x".repeat(256)).toString();

    LaunchFailure failure = failureOf(path);

    assertThat(failure.fault()).isEqualTo(LaunchFault.CHILD);
    assertThat(failure.error()).isEqualTo("ENAMETOOLONG");
    assertThat(failure.subject()).startsWith(directory.toString());
  }

  @Test
  void fileAsPartOfThePath_isEnotdir() throws IOException {
    Path program = program(new byte[0]);

    String path = program + "/prog";

    assertChildsFault(failureOf(path), "ENOTDIR", path);
  }

  @Test
  void binaryThatIsCutShort_isEnoexec() throws IOException {
    Path program = program(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});

    assertChildsFault(failureOf(program.toString()), "ENOEXEC", program.toString());
  }

  @Test
  void environmentThatIsTooLarge_isE2big() {
    Incarnation run =
        fixture.launch(spec -> spec.addVariable("LARGE", "x".repeat(200_000)), "true");

    assertChildsFault(fixture.awaitFailure(run), "E2BIG", "true");
  }

  private Path program(byte[] content) throws IOException {
    Path file = directory.resolve("program");
    Files.write(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private LaunchFailure failureOf(String... command) {
    return fixture.awaitFailure(fixture.launch(command));
  }

  private static void assertChildsFault(LaunchFailure failure, String error, String subject) {
    assertThat(failure.fault()).as(failure.toString()).isEqualTo(LaunchFault.CHILD);
    assertThat(failure.error()).isEqualTo(error);
    assertThat(failure.subject()).isEqualTo(subject);
    assertThat(failure.message()).contains(subject);
  }

  // The host's shortage.

  /** F25. */
  @ParameterizedTest
  @ValueSource(strings = {"EAGAIN", "ENOMEM"})
  void forkThatFails_isTheHostsFault_andPasses(String error) throws IOException {
    // glibc falls back from the newer call to the older one.
    assertShortagePasses(error, "inject=clone3,clone,vfork:error=" + error);
  }

  /** F27. */
  @ParameterizedTest
  @ValueSource(strings = {"EMFILE", "ENFILE"})
  void pipeThatCannotBeHad_isTheHostsFault_andPasses(String error) throws IOException {
    assertShortagePasses(error, "inject=pipe2:error=" + error);
  }

  private void assertShortagePasses(String error, String injection) throws IOException {
    Incarnation first = fixture.launch("sleep", "60");
    fixture.awaitLaunched(first);
    Incarnation second = fixture.launch(new CollectingSink(), "true");
    fixture.awaitExit(second);
    fixture.await(PlatformReport.OutputEnded.class, second);
    int before = PlatformFixture.descriptors().size();
    try (Tracer tracer = Tracer.onSpawner(injection)) {
      for (int i = 0; i < 3; i++) {
        LaunchFailure failure = fixture.awaitFailure(fixture.launch(new CollectingSink(), "true"));
        assertThat(failure.fault()).as(failure.toString()).isEqualTo(LaunchFault.HOST);
        assertThat(failure.error()).isEqualTo(error);
      }
      assertThat(tracer.isAttached()).isTrue();
    }

    // Those of the tracer itself go a moment later.
    fixture.await(
        "as many descriptors as " + before, () -> PlatformFixture.descriptors().size() <= before);
    assertThat(fixture.awaitExit(fixture.launch(new CollectingSink(), "true")))
        .isEqualTo(new ExitStatus.Exited(0));
    assertThat(fixture.all(PlatformReport.Exited.class, first)).isEmpty();
  }

  @Test
  void pidfdThatCannotBeHad_costsNobodyTheLife() throws IOException {
    Incarnation run;
    try (Tracer tracer = Tracer.onSpawner("inject=pidfd_open:error=EMFILE")) {
      run = fixture.launch("sh", "-c", "exit 3");
      fixture.awaitExit(run);
      assertThat(tracer.isAttached()).isTrue();
    }

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(3));
    assertThat(fixture.awaitExit(fixture.launch("true"))).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void pidfdThatCannotBeHad_whereNothingElseIsAllowed_failsTheLaunch() throws IOException {
    fixture.close();
    var strict = PosixOptions.defaults().withExitDetection(ExitDetection.pidfd());
    try (var own = new PlatformFixture(strict);
        Tracer tracer = Tracer.onSpawner("inject=pidfd_open:error=EMFILE")) {
      LaunchFailure failure = own.awaitFailure(own.launch("sleep", "60"));

      assertThat(failure.fault()).isEqualTo(LaunchFault.HOST);
      assertThat(failure.error()).isEqualTo("EMFILE");
      assertThat(tracer.isAttached()).isTrue();
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  /** F29. */
  @Test
  void execThatHangs_holdsUpLaunchesBehindIt_andNobodyElse() throws IOException {
    Path slow = program(Files.readAllBytes(Path.of("/bin/true").toRealPath()));
    Incarnation first = fixture.launch("sleep", "60");
    fixture.awaitLaunched(first);
    Incarnation hanging;
    Incarnation behind;
    try (Tracer tracer =
        Tracer.onSpawner(
            "-f", "-P" + slow, "inject=execve:delay_enter=" + HANG.toMillis() * 1000)) {
      hanging = fixture.launch(slow.toString());
      behind = fixture.launch("true");
      fixture.platform.signal(first, Signal.KILL);
      fixture.awaitExit(first);
      fixture.awaitExit(hanging);
      fixture.awaitExit(behind);
      assertThat(tracer.isAttached()).isTrue();
    }

    assertThat(fixture.reports.stream().map(LaunchErrorsTest::text))
        .containsSubsequence("Exited " + first, "Launched " + hanging, "Launched " + behind);
  }

  private static String text(PlatformReport report) {
    return report.getClass().getSimpleName() + " " + report.incarnation();
  }
}
