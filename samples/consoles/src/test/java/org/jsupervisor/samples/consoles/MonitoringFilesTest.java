package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The files for monitoring agree with the beans, with each other, and with docs/metrics.md. */
class MonitoringFilesTest {
  private static final Pattern METRIC = Pattern.compile("\\bsupervisor_[a-z]+_[a-z_]+");

  @TempDir private Path temp;

  @Test
  void rulesMakeWhatIsDocumented_inTheSameWords() throws Exception {
    assertThat(Monitoring.made()).isEqualTo(Monitoring.documented());
  }

  @Test
  void names_followTheCustomsOfPrometheus() throws Exception {
    Monitoring.made()
        .forEach(
            (name, metric) -> {
              assertThat(name.endsWith("_total"))
                  .as(name)
                  .isEqualTo(metric.type().equals("counter"));
              assertThat(name).doesNotContain("milli").matches("[a-z_]+");
              assertThat(metric.labels()).doesNotContain("pid", "reason");
            });
  }

  /** Nobody who writes a text that becomes an attribute must be able to forge another one. */
  @Test
  void patterns_beginAtTheBeginning() throws Exception {
    assertThat(Monitoring.rules())
        .allSatisfy(rule -> assertThat(rule.pattern().pattern()).startsWith("^org\\.jsupervisor<"));
  }

  @Test
  void alertsAndDashboard_askForMetricsThatThereAre() throws Exception {
    for (String file : List.of(Monitoring.ALERTS, Monitoring.DASHBOARD)) {
      Set<String> asked =
          METRIC
              .matcher(Monitoring.text(file))
              .results()
              .map(match -> match.group())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(asked).as(file).isNotEmpty();
      assertThat(Monitoring.made().keySet()).as(file).containsAll(asked);
    }
  }

  @Test
  void documentNamesEveryAlertAndRecord() throws Exception {
    String document = Files.readString(Monitoring.DOCUMENT);
    Map<?, ?> file = new Yaml().load(Monitoring.text(Monitoring.ALERTS));
    List<String> names =
        ((List<?>) file.get("groups"))
            .stream()
                .flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("rules")).stream())
                .map(rule -> (Map<?, ?>) rule)
                .map(rule -> rule.containsKey("alert") ? rule.get("alert") : rule.get("record"))
                .map(name -> "`" + name + "`")
                .toList();

    assertThat(names).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(document).contains(name));
  }

  @Test
  void dashboard_isJson_andEachPanelHasANumberOfItsOwn() throws Exception {
    Map<?, ?> dashboard = new Yaml().load(Monitoring.text(Monitoring.DASHBOARD));
    List<?> panels = (List<?>) dashboard.get("panels");

    assertThat(panels.stream().map(panel -> ((Map<?, ?>) panel).get("id")))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(5);
    assertThat(dashboard.get("uid")).isEqualTo("jsupervisor");
  }

  @Test
  void alerts_areToldWhenTheyShouldBe_asPrometheusSees() throws Exception {
    assumeTrue(installed("promtool"), "tool missing: promtool");
    Path alerts = Monitoring.unpacked(Monitoring.ALERTS, temp);
    Path test = temp.resolve("alerts-test.yml");
    try (InputStream in = getClass().getResourceAsStream("/alerts-test.yml")) {
      Files.write(test, in.readAllBytes());
    }

    assertThat(promtool("check", "rules", alerts.toString())).contains("SUCCESS");
    assertThat(promtool("test", "rules", test.toString())).contains("SUCCESS");
  }

  private static boolean installed(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.of(Stream.of("promtool"), Stream.of(arguments))
            .flatMap(Function.identity())
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
