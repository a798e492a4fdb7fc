package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jsupervisor.definition.DefinitionFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file does not make more services than one file may define. */
class ServicesMaxTest {
  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  /** 40 million instances would not fit into the memory of the tests. */
  @Test
  void servicesAreTooMany_beforeDefaultsAreLaidOver() {
    StringBuilder text = new StringBuilder("defaults: {instances: 1-1000, command: x}\n");
    text.append("services:\n");
    IntStream.rangeClosed(1, 40_000).forEach(n -> text.append(" a").append(n).append("@: {}\n"));
    assertThat(disk.outcomes(disk.file("all.yaml", text.toString())))
        .containsExactly(
            "all.yaml unreadable all.yaml: must define at most 1000 services, was '40000'");
  }

  @Test
  void instancesAreTooMany_atTheFirstServiceThatIsTooMuch() {
    String text = "[defaults]\ncommand=x\ninstances=1-500\n[service a@]\n[service b@]\n";
    assertThat(disk.readAll(disk.file("all.ini", text))).hasSize(1000);
    assertThat(disk.outcomes(disk.file("all.ini", text + "[service c@]\n[service d@]\n")))
        .containsExactly(
            "all.ini unreadable all.ini: must define at most 1000 services,"
                + " was '1500 up to c@'");
  }
}
