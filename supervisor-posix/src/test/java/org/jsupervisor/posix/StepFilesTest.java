package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees of the launch steps that are about files. */
@EnabledOnOs(OS.LINUX)
class StepFilesTest {
  private static final String NOBODY = "65534";

  private final StepFixture steps = new StepFixture();
  private final PlatformFixture fixture = steps.platform;

  @TempDir Path directory;

  @AfterEach
  void close() {
    steps.close();
  }

  @Test
  void lock_isHeldAsLongAsTheProgramLives_andFailsAtOnceIfItIsTaken() {
    Path file = directory.resolve("a lock");
    var fails = new FileStep.Lock(file, FileStep.Lock.IfTaken.FAILS);
    var waits = new FileStep.Lock(file, FileStep.Lock.IfTaken.WAITS);
    Path begun = directory.resolve("begun");
    Incarnation holder =
        fixture.launch(
            spec -> spec.addStep(fails),
            "sh",
            "-c",
            "echo yes >\"$1\"; exec sleep 60",
            "",
            "" + begun);
    fixture.awaitLine(begun);

    Incarnation second = fixture.launch(spec -> spec.addStep(fails), "true");
    assertThat(fixture.awaitExit(second)).isEqualTo(new ExitStatus.Exited(111));

    Incarnation third = fixture.launch(spec -> spec.addStep(waits), "true");
    fixture.awaitLaunched(third);
    assertThat(fixture.all(PlatformReport.Exited.class, third)).isEmpty();
    fixture.platform.signal(holder, Signal.KILL);
    assertThat(fixture.awaitExit(third)).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void redirects_appendTruncateAndShare() throws IOException {
    Path in = Files.writeString(directory.resolve("in"), "input\n");
    Path out = Files.writeString(directory.resolve("out"), "before\n");
    Path fresh = directory.resolve("fresh");
    UnaryOperator<ProcessSpec.Builder> both =
        spec ->
            spec.addStep(FileStep.Redirect.input(in))
                .addStep(FileStep.Redirect.append(FileStep.Redirect.Stream.STDOUT, out))
                .addStep(
                    new FileStep.Redirect(
                        FileStep.Redirect.Stream.STDERR,
                        fresh,
                        FileStep.Redirect.Opening.TRUNCATE,
                        0606));
    fixture.awaitExit(fixture.launch(both, "sh", "-c", "cat; echo error >&2"));

    assertThat(out).hasContent("before\ninput");
    assertThat(fresh).hasContent("error");
    assertThat((int) Files.getAttribute(fresh, "unix:mode") & 0777).isEqualTo(0606);

    UnaryOperator<ProcessSpec.Builder> shared =
        spec ->
            spec.addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDOUT, out))
                .addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDERR, out));
    fixture.awaitExit(fixture.launch(shared, "sh", "-c", "echo one; echo two >&2; echo three"));

    assertThat(out).hasContent("one\ntwo\nthree");
  }

  @Test
  void redirectOfOne_leavesTheOtherToTheOutput() {
    Path file = directory.resolve("errors");
    String text =
        steps.output(
            FileStep.Redirect.append(FileStep.Redirect.Stream.STDERR, file),
            "sh",
            "-c",
            "echo out; echo err >&2");

    assertThat(text).isEqualTo("out\n");
    assertThat(file).hasContent("err");
  }

  @Test
  void runDirectoryAndFifo_areMadeWithOwnerAndMode() throws IOException {
    Assumed.root();
    Path run = directory.resolve("a/b/run");
    Path fifo = run.resolve("fifo");
    var nobody = Optional.of(NOBODY);
    String text =
        steps.output(
            spec ->
                spec.addStep(new FileStep.Fifo(fifo, nobody, nobody, 0620))
                    .addStep(new FileStep.RunDirectory(run, nobody, nobody, 0750)),
            "stat",
            "-c",
            "%F %a %u %g",
            run.toString(),
            fifo.toString());

    assertThat(text).isEqualTo("directory 750 65534 65534\nfifo 620 65534 65534\n");
    assertThat(
            steps.output(
                new FileStep.Fifo(fifo, nobody, nobody, 0600), "stat", "-c", "%a", "" + fifo))
        .isEqualTo("600\n");
  }

  @Test
  void fifoAsStdin_isOpenedWithoutWaitingForAWriter() throws IOException {
    Path fifo = directory.resolve("fifo");
    Path begun = directory.resolve("begun");
    Incarnation run =
        fixture.launch(
            spec -> spec.addStep(FileStep.Fifo.of(fifo)).addStep(FileStep.Redirect.input(fifo)),
            "sh",
            "-c",
            "echo yes >\"$1\"; read x; exit \"$x\"",
            "",
            begun.toString());
    fixture.awaitLine(begun);

    Files.writeString(fifo, "9\n", StandardOpenOption.WRITE);

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(9));
  }
}
