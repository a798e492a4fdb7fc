package org.jsupervisor.samples.jmxconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where the tree is: in another JVM of this user. */
@EnabledOnOs(OS.LINUX)
class TargetTest {
  @Test
  void anotherJvmOfThisUser_isReachedByItsPid() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                Waiting.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var lines = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("waiting");

      JmxConsoleTest.Outcome list = JmxConsoleTest.run("-p", Long.toString(other.pid()), "list");

      assertThat(list).isEqualTo(new JmxConsoleTest.Outcome(0, ""));
    } finally {
      other.destroyForcibly();
      assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A JVM without a tree; ends with its input. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] unused) throws Exception {
      ManagementFactory.getPlatformMBeanServer();
      System.out.println("waiting");
      System.exit(System.in.read());
    }
  }

  private static String classPath() throws Exception {
    return Path.of(Waiting.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
