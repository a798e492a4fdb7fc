package org.jsupervisor.samples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.Simulation;
import org.junit.jupiter.api.Test;

/**
 * Every example of the page is run, and gives what the page shows. {@code SIMULATION_PAGE=write} in
 * the environment writes the page anew.
 */
class SimulationDocumentTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "```jsonl scenario\n(.*?)```\n\n```(jsonl trace|text trace|text problems)\n(.*?)```",
          Pattern.DOTALL);

  private static Path page() {
    Path page = Path.of("docs", "simulation.md");
    // Maven runs the tests in the module, an IDE perhaps in the project.
    return Files.exists(page) ? page : Path.of("..", "..").resolve(page);
  }

  @Test
  void examples_giveWhatThePageShows() throws IOException {
    String text = Files.readString(page());
    Matcher examples = EXAMPLE.matcher(text);
    List<String> kinds = new ArrayList<>();
    StringBuilder rendered = new StringBuilder();
    while (examples.find()) {
      kinds.add(examples.group(2));
      String output = output(examples.group(1).lines().toList(), examples.group(2));
      examples.appendReplacement(
          rendered,
          Matcher.quoteReplacement(
              "```jsonl scenario\n"
                  + examples.group(1)
                  + "```\n\n```"
                  + examples.group(2)
                  + "\n"
                  + output
                  + "```"));
    }
    examples.appendTail(rendered);
    if ("write".equals(System.getenv("SIMULATION_PAGE"))) {
      Files.writeString(page(), rendered.toString());
    }

    assertThat(kinds).contains("jsonl trace", "text trace", "text problems");
    assertThat(rendered.toString()).isEqualTo(Files.readString(page()));
  }

  private static String output(List<String> lines, String kind) {
    try {
      Scenario scenario = ScenarioReader.read(lines);
      return text(
          kind.equals("text trace")
              ? Simulation.run(scenario).text()
              : TraceWriter.write(Simulation.run(scenario)));
    } catch (ScenarioReader.Refused refused) {
      return text(refused.problems());
    }
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /** The tables name each key that the reader knows, and no other. */
  @Test
  void tables_nameEveryKeyOfTheReader() throws IOException {
    String text = Files.readString(page());
    List<String> known = new ArrayList<>();
    for (String line :
        List.of(
            "{\"unknown\":1}",
            "{\"run\":\"a\",\"unknown\":1}",
            "{\"exit\":\"a\",\"unknown\":1}",
            "{\"tree\":{\"unknown\":1}}",
            "{\"define\":{\"child\":\"a\",\"policy\":\"standard\",\"unknown\":1}}")) {
      try {
        Scenario unused = ScenarioReader.read(List.of(line));
      } catch (ScenarioReader.Refused refused) {
        refused.problems().stream()
            .filter(problem -> problem.contains("known here: "))
            .map(problem -> problem.replaceAll(".*known here: ", ""))
            .forEach(keys -> known.addAll(List.of(keys.split(", "))));
      }
    }
    assertThat(known).hasSizeGreaterThan(40);
    assertThat(known)
        .allSatisfy(
            key ->
                assertThat(text)
                    .as("the page names " + key)
                    .containsPattern("[`\"]" + key + "[`\"]"));
  }
}
