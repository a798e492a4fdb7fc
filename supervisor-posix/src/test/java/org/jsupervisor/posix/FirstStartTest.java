package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a new JVM need not load before its first child: each would take it 5 to 20 ms. */
@EnabledOnOs(OS.LINUX)
class FirstStartTest {
  @Test
  void firstStart_needsNothingThatTheJvmHasToPutTogether() throws Exception {
    List<String> line = new ArrayList<>(HostJvm.command(FirstStartHost.class));
    line.add(1, "-Xlog:class+load:stdout");
    Process host = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String said = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(said)
          .contains("first: exit code 0")
          .contains(" org.jsupervisor.posix.PosixPlatform source:")
          .as("equals and hashCode of a record")
          .doesNotContain(" java.lang.runtime.ObjectMethods source:")
          .as("the executors of ProcessHandle")
          .doesNotContain(" java.lang.ProcessHandleImpl source:")
          .as("a buffer that is mapped by the JDK")
          .doesNotContain(" sun.nio.ch.FileChannelImpl$Unmapper source:");
    } finally {
      host.destroyForcibly();
    }
  }
}
