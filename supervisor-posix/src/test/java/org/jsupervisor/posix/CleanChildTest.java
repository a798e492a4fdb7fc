package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a child finds when it starts. */
@EnabledOnOs(OS.LINUX)
class CleanChildTest {
  private static final String TOKEN = "JSUPERVISOR_RUN=";

  private final PlatformFixture fixture =
      new PlatformFixture(
          PosixOptions.defaults()
              .withHostEnvironment(Map.of("PATH", "/usr/bin:/bin", "HOST", "yes")));

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void descriptors_areStdioOnly() throws IOException {
    try (var held = new RandomAccessFile(directory.resolve("held").toFile(), "rw")) {
      Pid pid = fixture.awaitLaunched(fixture.launch(new CollectingSink(), "sleep", "60"));

      awaitDescriptors(pid, "0", "1", "2");
      assertThat(link(pid, "fd/0")).isEqualTo("/dev/null");
      assertThat(link(pid, "fd/1")).startsWith("pipe:").isEqualTo(link(pid, "fd/2"));
      assertThat(held.getFD().valid()).isTrue();
    }
  }

  @Test
  void withoutOutput_allStdioIsNull() throws IOException {
    Pid pid = fixture.awaitLaunched(fixture.launch("sleep", "60"));

    awaitDescriptors(pid, "0", "1", "2");
    assertThat(link(pid, "fd/1")).isEqualTo("/dev/null").isEqualTo(link(pid, "fd/2"));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 7, 57, 255})
  void notificationDescriptor_isTheOnlyOtherOne(int number) throws IOException {
    Incarnation run = fixture.launch(spec -> spec.withReadiness(notified(number)), "sleep", "60");
    Pid pid = fixture.awaitLaunched(run);

    awaitDescriptors(pid, "0", "1", "2", Integer.toString(number));
    assertThat(link(pid, "fd/" + number)).startsWith("pipe:");
  }

  @Test
  void newlineOnTheNotificationDescriptor_isReportedOnce() {
    Incarnation run =
        fixture.launch(
            spec -> spec.withReadiness(notified(5)),
            "sh",
            "-c",
            "printf 'half' >&5; printf ' a line\\nmore\\n' >&5; exec 5>&-; exec sleep 60");

    fixture.await(PlatformReport.Notified.class, run);

    assertThat(fixture.reports.get(0)).isInstanceOf(PlatformReport.Launched.class);
    assertThat(fixture.all(PlatformReport.Notified.class, run)).hasSize(1);
  }

  @Test
  void endWithoutNewline_isNotANotification() {
    Incarnation run =
        fixture.launch(spec -> spec.withReadiness(notified(4)), "sh", "-c", "printf x >&4");

    fixture.awaitExit(run);

    assertThat(fixture.all(PlatformReport.Notified.class, run)).isEmpty();
  }

  private static ReadinessSpec notified(int number) {
    return new ReadinessSpec.Notified(number, Duration.ofSeconds(60));
  }

  @Test
  void signals_areNeitherBlockedNorIgnored() throws IOException {
    Pid pid = fixture.awaitLaunched(fixture.launch("sleep", "60"));

    List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));

    assertThat(status).contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
  }

  @Test
  void sessionAndGroup_areItsOwn() throws IOException {
    Pid pid = fixture.awaitLaunched(fixture.launch("sleep", "60"));

    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    List<String> fields = Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" "));

    assertThat(fields.get(2)).as("group").isEqualTo(pid.toString());
    assertThat(fields.get(3)).as("session").isEqualTo(pid.toString());
  }

  @Test
  void directory_isTheOneOfTheSpec() throws IOException {
    Pid pid =
        fixture.awaitLaunched(fixture.launch(spec -> spec.withDirectory(directory), "sleep", "60"));

    assertThat(link(pid, "cwd")).isEqualTo(directory.toRealPath().toString());
  }

  /** F51. */
  @Test
  void environment_isTheHostsOfTheOptionsAndTheVariablesOfTheSpec() {
    Incarnation all = fixture.launch(spec -> spec.addVariable("OWN", "ü=1"), "sleep", "60");
    Incarnation none =
        fixture.launch(spec -> spec.withEnvironment(Environment.empty()), "sleep", "60");

    Pid pid = fixture.awaitLaunched(all);
    // The kernel calls an exec successful a moment before it has laid out the environment.
    fixture.await("an environment", () -> !environment(pid).isEmpty());
    assertThat(environment(pid))
        .filteredOn(variable -> !variable.startsWith(TOKEN))
        .containsExactlyInAnyOrder("HOST=yes", "PATH=/usr/bin:/bin", "OWN=ü=1");
    Pid bare = fixture.awaitLaunched(none);
    fixture.await("an environment", () -> !environment(bare).isEmpty());
    assertThat(environment(bare)).singleElement().asString().startsWith(TOKEN);
  }

  /** F52. */
  @Test
  void arguments_reachTheProgramAsTheyAre() {
    CollectingSink sink = new CollectingSink();
    Incarnation run =
        fixture.launch(
            new OutputTarget.Piped(sink),
            spec -> spec,
            "printf",
            "[%s]",
            "",
            "a b",
            "$X *",
            "hé €");

    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.text()).isEqualTo("[][a b][$X *][hé €]");
  }

  /** Waits, as the loader of the child has its libraries open for a moment; what leaks, stays. */
  private void awaitDescriptors(Pid pid, String... expected) {
    fixture.await(
        "descriptors " + List.of(expected) + ", now " + PlatformFixture.descriptors(pid),
        () -> PlatformFixture.descriptors(pid).equals(List.of(expected)));
  }

  private static List<String> environment(Pid pid) {
    byte[] bytes = read(Path.of("/proc/" + pid + "/environ"));
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0"));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String link(Pid pid, String name) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/" + name)).toString();
  }
}
