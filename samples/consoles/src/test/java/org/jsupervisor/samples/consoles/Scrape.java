package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus is given at one time, in its text format.
 *
 * @param metrics all, by their names; those of a counter end with {@code _total}
 */
record Scrape(Map<String, Metric> metrics) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\",?");

  /**
   * A metric.
   *
   * @param type {@code gauge} or {@code counter}
   * @param help what it says of itself
   * @param samples by their labels
   */
  record Metric(String type, String help, Map<Map<String, String>, Double> samples) {
    Set<String> labels() {
      Set<String> labels = new TreeSet<>();
      samples.keySet().forEach(each -> labels.addAll(each.keySet()));
      return labels;
    }
  }

  static Scrape of(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return parse(response.body().lines().toList());
  }

  static Scrape parse(List<String> lines) {
    Map<String, Metric> metrics = new TreeMap<>();
    for (String line : lines) {
      Matcher head = HEAD.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (head.matches()) {
        Metric old = metrics.getOrDefault(head.group(2), new Metric("", "", Map.of()));
        boolean help = head.group(1).equals("HELP");
        metrics.put(
            head.group(2),
            new Metric(
                help ? old.type() : head.group(3),
                help ? head.group(3) : old.help(),
                new java.util.HashMap<>(old.samples())));
      } else if (sample.matches() && metrics.containsKey(sample.group(1))) {
        metrics
            .get(sample.group(1))
            .samples()
            .put(labels(sample.group(2)), Double.valueOf(sample.group(3)));
      }
    }
    return new Scrape(metrics);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  /** The metrics of this library. */
  Map<String, Metric> ours() {
    Map<String, Metric> ours = new TreeMap<>(metrics);
    ours.keySet().removeIf(name -> !name.startsWith("supervisor_"));
    return ours;
  }

  /** The one sample of a metric that has these labels: name and value by turns. */
  double value(String metric, String... labels) {
    assertThat(metrics).containsKey(metric);
    List<Double> found = new ArrayList<>();
    metrics
        .get(metric)
        .samples()
        .forEach(
            (having, value) -> {
              if (having.entrySet().containsAll(wanted(labels).entrySet())) {
                found.add(value);
              }
            });
    assertThat(found).as("%s of %s", List.of(labels), metrics.get(metric)).hasSize(1);
    return found.get(0);
  }

  private static Map<String, String> wanted(String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int n = 0; n < labels.length; n += 2) {
      wanted.put(labels[n], labels[n + 1]);
    }
    return wanted;
  }
}
