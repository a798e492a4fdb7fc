package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Hosts that were started in an unusual way, each a JVM of its own. */
@EnabledOnOs(OS.LINUX)
class StrangeHostTest {
  @Test
  void hostWithoutLocale_passesArgumentsAsUtf8() throws Exception {
    String output = runHost("LC_ALL=C exec \"$@\"", "printf", "%%s", "<%EURO%>");

    assertThat(output).contains("<€> exit code 0");
  }

  @Test
  void hostThatIgnoresSigchld_stillLearnsHowChildrenEnd() throws Exception {
    String output = runHost("trap '' CHLD; exec \"$@\"", "sh", "-c", "exit 42");

    assertThat(output).contains("exit code 42");
  }

  @Test
  void hostWithClosedStdio_givesTheChildItsOwn() throws Exception {
    String output =
        runHost("exec \"$@\" 0<&- 2>&-", "sh", "-c", "echo to stderr >&2; read x; echo read $?");

    assertThat(output).contains("to stderr").contains("read 1");
  }

  @Test
  void otherSystems_areRefusedByName() {
    assertThatThrownBy(() -> HostCheck.requireLinux("Mac OS X", "aarch64"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Mac OS X");
    assertThatThrownBy(() -> HostCheck.requireLinux("Linux", "i386"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("i386");
  }

  private static String runHost(String shell, String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", HostJvm.classPath(), HostProgram.class.getName()));
    line.addAll(List.of(command).stream().map(text -> text.replace("%%", "%")).toList());
    Process host = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      host.destroyForcibly();
    }
  }
}
