package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.jsupervisor.definition.systemd.SystemdReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A long value is read or told, without an error of the stack and in a time that grows with its
 * length: a search that takes its square would need more than a minute.
 */
class LongValuesTest {
  private static final int LENGTH = 200_000;
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir Path root;

  static Stream<Arguments> files() {
    String blanks = " ".repeat(LENGTH);
    String program = "[program:a]\ncommand=/bin/a\n";
    String service = "[Service]\nExecStart=/bin/a\n";
    return Stream.of(
        Arguments.of(".env", "A=\"" + "x".repeat(LENGTH) + "\"\n", true),
        Arguments.of(".env", "A=\"" + "\\n".repeat(LENGTH / 2) + "\"\n", true),
        Arguments.of(".env", "A='" + "x".repeat(LENGTH) + "'\n", true),
        Arguments.of(".env", "A=" + "x ".repeat(LENGTH / 2) + "\n", false),
        Arguments.of(".env", blanks + "x\n", false),
        Arguments.of(".env", "export" + blanks + "=\n", false),
        Arguments.of("Procfile", "web:" + blanks + "\n", false),
        Arguments.of("Procfile", "web:" + blanks + "x\n", true),
        Arguments.of("Procfile", "release:" + blanks + "\nweb: x\n", false),
        Arguments.of("main.conf", program + "exitcodes=" + "0,".repeat(LENGTH / 2) + "1\n", true),
        Arguments.of("main.conf", program + "exitcodes=" + "0,".repeat(LENGTH / 2) + "\n", false),
        Arguments.of("main.conf", program + "exitcodes=0" + blanks + "x\n", false),
        Arguments.of("main.conf", program + "a" + blanks + "b\n", false),
        Arguments.of("main.conf", program + "a" + blanks + "=b\n", true),
        Arguments.of("main.conf", program + "user=" + "%(".repeat(LENGTH / 2) + "\n", false),
        Arguments.of("web.service", service + "StateDirectory=a" + "/b".repeat(500) + "\n", true),
        Arguments.of(
            "web.service", service + "StateDirectory=a" + "/b".repeat(LENGTH / 2) + "/\n", false),
        Arguments.of("web.service", service + "RestartSec=x" + blanks + "x\n", false),
        Arguments.of("web.service", service + "RestartSec=1" + blanks + "s\n", true),
        Arguments.of(
            "web.service",
            service + "RestartSec=" + "999999999w".repeat(LENGTH / 10) + "\n",
            false));
  }

  @ParameterizedTest
  @MethodSource("files")
  void longValue_isReadOrTold(String name, String content, boolean isDefined) {
    DefinitionReader reader =
        switch (name) {
          case "main.conf" -> new SupervisordReader();
          case "web.service" -> new SystemdReader();
          default -> new ProcfileReader();
        };
    FormatFixture disk = new FormatFixture(root, reader);
    disk.file("Procfile", "web: x\n");
    disk.file(name, content);
    String read = name.equals(".env") ? "Procfile" : name;
    List<Definition> definitions = assertTimeoutPreemptively(BOUND, () -> disk.read(read));
    assertThat(definitions)
        .isNotEmpty()
        .allMatch(each -> each instanceof Definition.Defined == isDefined);
  }
}
