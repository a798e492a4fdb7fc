package org.jsupervisor.samples.jmxconsole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsupervisor.jmx.ServiceMXBean;

/** A line for each service, in columns. */
final class StatusTable {
  private static final List<String> HEAD =
      List.of("SERVICE", "PHASE", "READY", "WANTED", "PID", "FOR", "RESTARTS", "REASON");

  private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));

  /** A service that has gone meanwhile has no line. */
  void add(Service service) {
    Service.ifThere(() -> rows.add(row(service.shown(), service.bean())));
  }

  private static List<String> row(String id, ServiceMXBean bean) {
    Long pid = bean.getPid();
    return List.of(
        id,
        bean.getPhase().name().toLowerCase(Locale.ROOT) + (bean.isPaused() ? ", paused" : ""),
        bean.isReady() ? "yes" : "no",
        bean.getDesire().name().toLowerCase(Locale.ROOT),
        pid == null ? "-" : pid.toString(),
        text(Duration.ofMillis(System.currentTimeMillis() - bean.getSinceMillis())),
        Long.toString(bean.getRestartCount()),
        Commands.printable(bean.getReason()));
  }

  /** In the largest unit that is not 0, as people say it. */
  static String text(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    return seconds < 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
  }

  List<String> lines() {
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(n -> rows.stream().mapToInt(row -> row.get(n).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(n -> row.get(n) + " ".repeat(widths[n] - row.get(n).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
