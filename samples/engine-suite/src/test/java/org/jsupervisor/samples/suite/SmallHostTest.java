package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jsupervisor.log.LogCursor;
import org.jsupervisor.log.LogLine;
import org.jsupervisor.log.LogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A host with a heap of 64 MB, and output that would not fit in it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class SmallHostTest {
  private static final long LINE_BYTES = 1_000_000_000;
  private static final long FLOOD_BYTES = Long.getLong("smallHost.floodBytes", 1_000_000_000);
  private static final int EMPTY_LINES = 1_000_000;
  private static final String WAIT = "until [ -e go ]; do sleep 0.05; done\n";

  @TempDir Path directory;

  /** F36 to F38. */
  @Test
  void f38_hostWith64MegabytesOfHeap_survivesAnyOutput_andHearsTheOthers() throws Exception {
    byte[] strange = strangeBytes();
    Files.write(directory.resolve("strange"), strange);
    script("line", "head -c " + LINE_BYTES + " /dev/zero | tr '\\000' x");
    script("flood", "yes 0123456789abcdef | head -c " + FLOOD_BYTES);
    script("empty", "yes '' | head -n " + EMPTY_LINES);
    script("strange", "cat strange");

    List<String> said = run("line", "flood", "empty", "strange");

    assertThat(said)
        .as("all that the host has said")
        .endsWith("done")
        .contains("strange " + strange.length + " 2000 " + crc(strange))
        .contains("empty %d %d %s".formatted(EMPTY_LINES, EMPTY_LINES, crcOf('\n', EMPTY_LINES)))
        .contains("line %d 0 %s".formatted(LINE_BYTES, crcOf('x', LINE_BYTES)))
        .anyMatch(line -> line.startsWith("flood " + FLOOD_BYTES + " " + FLOOD_BYTES / 17 + " "))
        .anyMatch(line -> line.matches("quiet [1-9][0-9]{2,} lines .*"));
    said.stream()
        .filter(line -> line.startsWith("quiet") || line.contains("VmHWM"))
        .forEach(System.out::println);
    assertThat(raw("strange-raw")).isEqualTo(finished(strange));
    assertThat(messages("strange-iso")).isEqualTo(finished(strange));
    assertThat(raw("empty-raw")).hasSize(EMPTY_LINES).containsOnly('\n');
    assertThat(messages("empty-iso")).hasSize(EMPTY_LINES).containsOnly('\n');
    for (String big : List.of("line-raw", "line-iso", "flood-raw", "flood-iso")) {
      assertThat(files(directory.resolve(big)).stream().mapToLong(File::length).sum())
          .as("the quota of %s is kept, and used", big)
          .isBetween(10L * (16 << 20) - 1000, 11L * (16 << 20));
    }
  }

  /** All values of a byte, then characters of three bytes over many buffers, at every offset. */
  private static byte[] strangeBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int n = 0; n < 1000 * 256; n++) {
      bytes.write(n);
    }
    String line = "\u20ac".repeat(1000) + "\n";
    bytes.writeBytes(line.repeat(1000).getBytes(StandardCharsets.UTF_8));
    bytes.write('.');
    return bytes.toByteArray();
  }

  private void script(String name, String command) throws IOException {
    Files.writeString(directory.resolve(name + ".sh"), WAIT + command + "\n");
  }

  private List<String> run(String... loud) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
    String modules = System.getProperty("jdk.module.path", "");
    line.addAll(
        List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + modules));
    line.add(SmallHost.class.getName());
    line.add(directory.toString());
    line.addAll(List.of(loud));
    File errors = directory.resolve("errors").toFile();
    Process host = new ProcessBuilder(line).redirectError(errors).start();
    try (var output = host.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = output.lines().toList();
      assertThat(host.waitFor()).as(() -> said + contents(errors)).isZero();
      return said;
    } finally {
      host.destroyForcibly();
    }
  }

  private static String contents(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<File> files(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files
          .filter(file -> file.getFileName().toString().matches("@.*|current"))
          .sorted()
          .map(Path::toFile)
          .toList();
    }
  }

  private byte[] raw(String log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (File file : files(directory.resolve(log))) {
      bytes.writeBytes(Files.readAllBytes(file.toPath()));
    }
    return bytes.toByteArray();
  }

  private byte[] messages(String log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogCursor cursor = LogReader.of(directory.resolve(log)).all()) {
      for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
        bytes.writeBytes(line.get().message().bytes());
        bytes.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] finished(byte[] bytes) {
    byte[] finished = Arrays.copyOf(bytes, bytes.length + 1);
    finished[bytes.length] = '\n';
    return finished;
  }

  private static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return Long.toHexString(crc.getValue());
  }

  private static String crcOf(char value, long times) {
    byte[] block = new byte[1_000_000];
    Arrays.fill(block, (byte) value);
    CRC32 crc = new CRC32();
    for (long left = times; left > 0; left -= block.length) {
      crc.update(block, 0, (int) Math.min(left, block.length));
    }
    return Long.toHexString(crc.getValue());
  }
}
