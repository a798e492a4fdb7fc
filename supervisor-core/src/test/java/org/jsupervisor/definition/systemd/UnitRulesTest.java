package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/**
 * What systemd makes of texts of which one could expect something else. What is expected here is
 * what the manager of systemd 252 says that it has read ({@code systemd --test}).
 */
class UnitRulesTest extends UnitCase {
  private ProcessSpec read(String... lines) {
    disk.file("a.service", String.join("\n", lines) + "\n");
    return disk.spec("a.service", "a");
  }

  private List<String> arguments(String... lines) {
    List<String> argv = read(lines).command().argv();
    return argv.subList(1, argv.size());
  }

  @Test
  void blanksBeforeAContinuation_areThoseOfTheValue() {
    assertThat(
            arguments(
                "  [Service]",
                "  ExecStart=/bin/echo \"a \\",
                "   b\" \\",
                "# comment",
                "  ; comment",
                " c\\",
                "",
                "Nice=1"))
        .containsExactly("a     b", "c");
  }
}
