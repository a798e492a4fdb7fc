package org.jsupervisor.samples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsupervisor.simulation.Scenario;
import org.junit.jupiter.api.Test;

/** Faults of the reader and the writer that were found by testers. */
class ScenarioFaultsTest {
  @Test
  void oneshot_thatIsReadAndWritten_isStillOne() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            List.of(
                "{\"tree\":{\"children\":[{\"child\":\"a\",\"restart\":\"transient\","
                    + "\"readiness\":\"completed\",\"ready_ms\":500}]}}"));
    assertThat(ScenarioReader.read(ScenarioWriter.write(scenario))).isEqualTo(scenario);
  }
}
