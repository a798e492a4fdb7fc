package org.jsupervisor.samples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of planted bugs does not rot. */
class PlantedBugTest {
  private static final Path CHECKOUT = Path.of("../..");

  @Test
  void textToFind_isOnceInItsFile() throws IOException {
    List<PlantedBug> bugs = PlantedBug.all();

    assertThat(bugs).hasSizeGreaterThanOrEqualTo(10);
    for (PlantedBug bug : bugs) {
      assertThat(bug.occurrences(CHECKOUT)).as(bug.name()).isEqualTo(1);
      assertThat(bug.planted(CHECKOUT)).isNotEqualTo(Files.readString(bug.in(CHECKOUT)));
    }
  }

  @Test
  void everyBug_isInTheTableOfThePage() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/simulation.md"));

    for (PlantedBug bug : PlantedBug.all()) {
      assertThat(page).contains("| `" + bug.name() + "` |");
    }
  }
}
