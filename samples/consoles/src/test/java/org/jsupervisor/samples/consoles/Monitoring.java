package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The files for monitoring that are in the jar of supervisor-jmx, and what the docs say of them.
 */
final class Monitoring {
  static final String EXPORTER = "prometheus-exporter.yml";
  static final String ALERTS = "prometheus-alerts.yml";
  static final String DASHBOARD = "grafana-dashboard.json";

  static final Path DOCUMENT = Path.of("..", "..", "docs", "metrics.md");

  private Monitoring() {}

  /**
   * A metric, as it is documented and as a rule makes it.
   *
   * @param type as Prometheus calls it
   * @param labels their names, sorted, with commas between
   * @param meaning a phrase
   */
  record Metric(String type, String labels, String meaning) {}

  /**
   * A rule of the exporter.
   *
   * @param pattern what it takes
   * @param name of the metric that it makes
   * @param metric the metric
   */
  record Rule(Pattern pattern, String name, Metric metric) {}

  /** A file out of the jar. */
  static String text(String file) throws IOException {
    String path = "META-INF/jsupervisor/" + file;
    try (InputStream in = Monitoring.class.getClassLoader().getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As an operator takes it out of the jar. */
  static Path unpacked(String file, Path directory) throws IOException {
    return Files.writeString(directory.resolve(file), text(file));
  }

  static List<Rule> rules() throws IOException {
    Map<?, ?> file = new Yaml().load(text(EXPORTER));
    List<Rule> rules = new ArrayList<>();
    for (Object each : (List<?>) file.get("rules")) {
      Map<?, ?> rule = (Map<?, ?>) each;
      TreeSet<String> labels = new TreeSet<>();
      ((Map<?, ?>) rule.get("labels")).keySet().forEach(label -> labels.add(label.toString()));
      rules.add(
          new Rule(
              Pattern.compile(rule.get("pattern").toString()),
              rule.get("name").toString(),
              new Metric(
                  rule.get("type").toString().toLowerCase(java.util.Locale.ROOT),
                  String.join(", ", labels),
                  rule.get("help").toString())));
    }
    return rules;
  }

  /** The metrics that the rules make. Those of one name are one metric. */
  static Map<String, Metric> made() throws IOException {
    Map<String, Metric> made = new LinkedHashMap<>();
    for (Rule rule : rules()) {
      Metric before = made.putIfAbsent(rule.name(), rule.metric());
      assertThat(rule.metric()).as(rule.name()).isEqualTo(before == null ? rule.metric() : before);
    }
    return made;
  }

  /** The table of the docs: metric, type, labels, meaning. */
  static Map<String, Metric> documented() throws IOException {
    Map<String, Metric> documented = new LinkedHashMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `supervisor_") && cells.length == 6) {
        Metric metric =
            new Metric(cells[2].strip(), cells[3].replace("`", "").strip(), cells[4].strip());
        assertThat(documented.put(cells[1].replace("`", "").strip(), metric)).as(line).isNull();
      }
    }
    return documented;
  }
}
