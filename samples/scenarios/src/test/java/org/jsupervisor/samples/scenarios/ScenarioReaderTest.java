package org.jsupervisor.samples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.ScenarioGenerator;
import org.jsupervisor.simulation.Simulation;
import org.junit.jupiter.api.Test;

/** What is written can be read, and what is wrong is told with its line and the rule. */
class ScenarioReaderTest {
  private static final String TREE = "{\"tree\":{\"children\":[{\"child\":\"a\"}]}}";

  private static List<String> problems(String... lines) {
    ScenarioReader.Refused refused =
        catchThrowableOfType(
            ScenarioReader.Refused.class, () -> ScenarioReader.read(List.of(lines)));
    assertThat(refused).as("refused").isNotNull();
    return refused.problems();
  }

  @Test
  void everySeed_canBeWrittenAndRead_withTheSameTrace() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      Scenario scenario = ScenarioGenerator.scenario(seed);
      Scenario read = ScenarioReader.read(ScenarioWriter.write(scenario));

      assertThat(ScenarioWriter.write(read)).isEqualTo(ScenarioWriter.write(scenario));
      if (seed % 20 == 0) {
        // As texts: the bodies of tasks are no data, and never equal.
        assertThat(Simulation.run(read).text())
            .as("seed " + seed)
            .isEqualTo(Simulation.run(scenario).text());
      }
    }
  }

  @Test
  void allProblems_areTold_withTheirLines() {
    assertThat(
            problems(
                "{\"tree\":{\"strategy\":\"two_for_one\",\"intensity\":-1,\"colour\":1}}",
                "",
                "{\"up\":\"a b\"}",
                "{\"exit\":\"a\",\"code\":256}",
                "{\"wait_ms\":1",
                "{\"down\":\"a\",\"down\":\"b\"}",
                "{\"fly\":\"a\"}"))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("line 1: 'strategy' must be one of one_for_one, one_for"),
            p ->
                assertThat(p)
                    .isEqualTo("line 1: 'intensity' must be a whole number from 0 to 256, was -1"),
            p -> assertThat(p).startsWith("line 1: unknown key 'colour'; known here: "),
            p -> assertThat(p).startsWith("line 3: child id 'a b': each name must match"),
            p -> assertThat(p).startsWith("line 4: 'code' must be a whole number from 0 to 255"),
            p -> assertThat(p).startsWith("line 5: no JSON: "),
            p -> assertThat(p).startsWith("line 6: no JSON: Duplicate field 'down'"),
            p ->
                assertThat(p)
                    .startsWith("line 7: unknown key 'fly'; known here: tree, limits, run"),
            p -> assertThat(p).isEqualTo("line 7: there is nothing that is to happen"));
  }

  @Test
  void specThatIsRefused_isToldWithItsRule() {
    assertThat(
            problems(
                "{\"tree\":{\"children\":[{\"child\":\"a\",\"significant\":true},{\"child\":\"a\"}]}}"))
        .singleElement()
        .asString()
        .contains("unique within its supervisor", "permanent child must not be significant");
  }

  @Test
  void fileWithoutATree_orWithTwo_isRefused() {
    assertThat(problems("{\"up\":\"a\"}"))
        .containsExactly("line 1: there must be a line with 'tree'");
    assertThat(problems(TREE, TREE)).containsExactly("line 2: there must be one 'tree'");
  }

  @Test
  void attemptsOutOfOrder_areRefused() {
    assertThat(problems(TREE, "{\"run\":\"a\",\"attempt\":2}", "{\"run\":\"a\",\"attempt\":2}"))
        .containsExactly("line 3: 'attempt' must be at least 3 here, was 2");
  }
}
