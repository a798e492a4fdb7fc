package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Looks at a lock from another process: only there is it seen whether the kernel holds it. */
final class LockProbe {
  private static final String PROGRAM =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;

      class Probe {
        public static void main(String[] words) throws Exception {
          try (var file = FileChannel.open(Path.of(words[0]), StandardOpenOption.WRITE)) {
            System.out.print(file.tryLock() == null ? "locked" : "free");
          }
        }
      }
      """;

  private LockProbe() {}

  /** Either {@code locked} or {@code free}. */
  static String look(Path scratch, Path lock) throws IOException, InterruptedException {
    Path source = Files.writeString(scratch.resolve("Probe.java"), PROGRAM);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process probe =
        new ProcessBuilder(java.toString(), source.toString(), lock.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(probe.waitFor(60, TimeUnit.SECONDS)).as("the probe has ended").isTrue();
      return new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      probe.destroyForcibly();
    }
  }
}
