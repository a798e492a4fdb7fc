package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;
import static org.jsupervisor.log.LogFixture.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log directories that one program begins and another continues. */
class LogInteropTest {
  private static final Set<String> OURS_AND_THEIRS = Set.of("lock", "lock.jvm", "state", "config");

  @TempDir Path root;
  private final LogFixture clock = new LogFixture();
  private Path directory;
  private LogSpec spec;

  @BeforeEach
  void makeSpec() throws IOException {
    directory = Files.createDirectory(root.resolve("log"));
    spec =
        LogSpec.builder(directory)
            .withFileBytesMax(LogSpec.FILE_BYTES_MIN)
            .withOldFilesMax(100)
            .withTimestamps(Timestamps.TAI64N)
            .build();
  }

  /** Runs a program of the host; skips the test if it is not there. */
  private static String run(byte[] input, String... argv) throws Exception {
    boolean there =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, argv[0])));
    assumeThat(there).as("tool missing: " + argv[0]).isTrue();
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    try {
      try (var stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException brokenPipe) {
        // Its exit says how it went.
      }
      try (InputStream stdout = process.getInputStream()) {
        String said = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private void peer(String tool, String lines) throws Exception {
    byte[] input = lines.getBytes(StandardCharsets.US_ASCII);
    switch (tool) {
      case "svlogd" -> {
        Files.writeString(directory.resolve("config"), "s4096\nn100\n");
        var unused = run(input, "svlogd", "-t", directory.toString());
      }
      case "multilog" -> run(input, "multilog", "t", "s4096", "n100", directory.toString());
      default -> run(input, "s6-log", "n100", "s4096", "t", directory.toString());
    }
  }

  private void ours(String lines) throws IOException {
    try (LogDirectory log = clock.open(spec)) {
      log.accept(FIRST, bytes(lines));
    }
  }

  private static String numbers(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("line ").append(i).append('\n');
    }
    return lines.toString();
  }

  /** Everything in the order of the names, current last, without timestamps. */
  private String all() {
    StringBuilder text = new StringBuilder();
    for (Path file : files(directory)) {
      if (!OURS_AND_THEIRS.contains(file.getFileName().toString())) {
        text.append(content(file));
      }
    }
    return text.toString().replaceAll("(?m)^@[0-9a-f]{24} ", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"svlogd", "multilog", "s6-log"})
  void directory_goesFromOneToTheOtherAndBack(String tool) throws Exception {
    // The peers look at the real time; ours must fit it.
    clock.set(Instant.now().minusSeconds(60).toString());
    ours(numbers(0, 300));
    peer(tool, numbers(300, 600));
    ours(numbers(600, 900));
    peer(tool, numbers(900, 1200));
    ours(numbers(1200, 1201));
    assertThat(all()).isEqualTo(numbers(0, 1201));
    assertThat(files(directory).stream().map(Path::toString))
        .as("whoever closed current has marked it")
        .noneMatch(name -> name.endsWith(".u"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"svlogd", "multilog", "s6-log"})
  void clockThatWasAhead_costsNoFile(String tool) throws Exception {
    clock.set(Instant.now().plusSeconds(86_400).toString());
    ours(numbers(0, 300));
    clock.set(Instant.now().toString());
    ours(numbers(300, 600));
    List<Path> before = files(directory);
    ours(numbers(600, 900));
    assertThat(files(directory)).containsAll(before);
    assertThat(all()).isEqualTo(numbers(0, 900));
    peer(tool, "");
    ours(numbers(900, 1000));
    assertThat(all()).isEqualTo(numbers(0, 1000));
  }

  @Test
  void tai64nlocal_readsWhatWeWrite() throws Exception {
    ours("hello\n");
    byte[] written = Files.readAllBytes(directory.resolve("current"));
    assertThat(run(written, "env", "TZ=UTC", "tai64nlocal"))
        .isEqualTo("2026-11-21 08:15:30.123000000 hello\n");
  }

  @Test
  void s6Log_isKeptOutWhileWeWrite() throws Exception {
    try (LogDirectory log = clock.open(spec)) {
      log.accept(FIRST, bytes("ours\n"));
      assertThatThrownBy(() -> peer("s6-log", "theirs\n"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("unable to lock");
    }
    assertThat(all()).isEqualTo("ours\n");
  }

  @Test
  void previousOfS6LogAndMultilog_isAnOldFile_beforeCurrent() throws IOException {
    Files.writeString(directory.resolve("previous"), "line 0\n");
    Files.writeString(directory.resolve("current"), "line 1\n");
    Files.writeString(directory.resolve("state"), "theirs");
    ours("line 2\n");
    assertThat(all()).isEqualTo(numbers(0, 3));
    assertThat(directory.resolve("state")).hasContent("theirs");
    assertThat(directory.resolve("previous")).doesNotExist();
  }

  @Test
  void executeBit_isThereOnlyWhileTheFileIsClosed() throws IOException {
    Path current = Files.writeString(directory.resolve("current"), "");
    Files.setPosixFilePermissions(current, PosixFilePermissions.fromString("rwxr--r--"));
    try (LogDirectory log = clock.open(spec)) {
      log.accept(FIRST, bytes("x\n"));
      assertThat(Files.isExecutable(current)).isFalse();
    }
    assertThat(Files.isExecutable(current)).isTrue();
  }
}
