package org.jsupervisor.samples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.ScenarioGenerator;
import org.jsupervisor.simulation.Simulation;
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

  /** It is sent STOP before it is ready, and nobody lets it go on: recovery does not. */
  @Test
  void seedThatSendsStopToAChildThatIsNotReady_isNotBroken() {
    assertThat(Simulation.run(ScenarioGenerator.scenario(103_430)).broken()).isEmpty();
  }

  /** The loop runs over the end of the numbers, and on from the least. */
  @Test
  void seeds_upToTheGreatestNumber_areOnlyThese() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    String last = Long.toString(Long.MAX_VALUE);
    int unused =
        new Scenarios(InputStream.nullInputStream(), printed, printed)
            .run(List.of("seeds", last, last));
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("1 seeds");
  }
}
