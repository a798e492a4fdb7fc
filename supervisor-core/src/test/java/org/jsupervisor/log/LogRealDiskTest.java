package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of a real disk, under a program of its own. */
class LogRealDiskTest {
  /** What {@link FullDisk} says when it went well; something may stand before it. */
  private static final String ALL_BUT_FIVE =
      "(?s).*[1-9][0-9]* failures, 400 lines, whole true, supervisor: 5 bytes of output lost";

  @TempDir Path root;

  /** A program of its own, for a file system of its own. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] words) throws IOException {
      Path directory = Path.of(words[0], "log");
      Path ballast = Files.write(Path.of(words[0], "ballast"), new byte[48 * 1024]);
      LogSpec spec =
          LogSpec.builder(directory).withTimestamps(Timestamps.valueOf(words[1])).build();
      String line = "0123456789".repeat(9) + "012345678\n";
      int failures = 0;
      int lines = 0;
      try (LogDirectory log = new LogDirectory(spec, new LogFixture())) {
        while (lines < 400) {
          ByteBuffer bytes = bytes(line.repeat(10));
          while (bytes.hasRemaining()) {
            try {
              log.accept(FIRST, bytes);
            } catch (IOException full) {
              failures++;
              Files.deleteIfExists(ballast);
            }
          }
          lines += 10;
        }
        log.lost(FIRST, 5);
      }
      List<String> kept = Files.readAllLines(directory.resolve("current"));
      String lost = kept.remove(kept.size() - 1);
      String expected = line.strip();
      boolean whole = kept.stream().allMatch(l -> l.replaceFirst("^20.*Z ", "").equals(expected));
      System.out.print(failures + " failures, " + kept.size() + " lines, whole " + whole + ", ");
      System.out.print(lost.replaceFirst("^20.*Z ", ""));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Timestamps.class,
      names = {"NONE", "ISO_8601"})
  void f31_realFullDisk_takesTheSameBytesWhenThereIsRoom(Timestamps timestamps) throws Exception {
    String mount = "mount -t tmpfs -o size=64k none \"$0\" || exit 77; exec \"$@\"";
    assertThat(said(timestamps, "unshare", "-m", "sh", "-c", mount, root.toString()))
        .matches(ALL_BUT_FIVE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Timestamps.class,
      names = {"NONE", "ISO_8601"})
  void f31_realInputOutputError_takesTheSameBytesWhenItIsOver(Timestamps timestamps)
      throws Exception {
    String current = root.resolve("log/current").toString();
    String trace = root.resolve("trace").toString();
    String inject = "inject=write:error=EIO:when=2..4";
    assertThat(
            said(
                timestamps,
                "strace",
                "-f",
                "-o",
                trace,
                "-P",
                current,
                "-e",
                "trace=write",
                "-e",
                inject))
        .matches(ALL_BUT_FIVE);
  }

  /** What the program says when it is run by this tool; skips the test where that cannot be. */
  private String said(Timestamps timestamps, String... tool) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> argv = new ArrayList<>(List.of(tool));
    argv.addAll(List.of(java, "-XX:+UseSerialGC", "-cp", classPath(), FullDisk.class.getName()));
    argv.addAll(List.of(root.toString(), timestamps.name()));
    boolean there =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, tool[0])));
    assumeThat(there).as("tool missing: " + tool[0]).isTrue();
    Process program = new ProcessBuilder(argv).redirectErrorStream(true).start();
    try {
      String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assumeThat(program.exitValue()).as("not allowed to mount: " + said).isNotEqualTo(77);
      assumeThat(said).as("not allowed to " + tool[0]).doesNotContain("not permitted");
      return said;
    } finally {
      program.destroyForcibly();
    }
  }

  /** Where the classes come from, also when the tests are patched into a module. */
  private static String classPath() throws Exception {
    List<String> places = new ArrayList<>();
    for (Class<?> type :
        List.of(LogRealDiskTest.class, LogDirectory.class, LogSpec.class, org.slf4j.Logger.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    places.add(Path.of(System.getProperty("user.dir"), "target", "test-classes").toString());
    places.add(System.getProperty("java.class.path"));
    return String.join(":", places);
  }
}
