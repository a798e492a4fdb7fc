package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time spans as systemd writes them: {@code 90}, {@code 1min 30s}, {@code 1.5h}, {@code infinity}.
 */
final class UnitTime {
  /** What {@code infinity} means here: some time for which nobody waits. */
  static final Duration INFINITY = Duration.ofDays(10_000);

  private static final Pattern PART =
      Pattern.compile(
          "\\s*([0-9]{1,9})(?:\\.([0-9]{1,6}))?(?![0-9.])\\s*([a-zA-Z\u00b5\u03bc]*)\\s*");
  private static final Map<String, Long> MICROS =
      Map.ofEntries(
          Map.entry("", 1_000_000L),
          Map.entry("usec", 1L),
          Map.entry("us", 1L),
          Map.entry("\u00b5s", 1L),
          Map.entry("\u03bcs", 1L),
          Map.entry("msec", 1_000L),
          Map.entry("ms", 1_000L),
          Map.entry("seconds", 1_000_000L),
          Map.entry("second", 1_000_000L),
          Map.entry("sec", 1_000_000L),
          Map.entry("s", 1_000_000L),
          Map.entry("minutes", 60_000_000L),
          Map.entry("minute", 60_000_000L),
          Map.entry("min", 60_000_000L),
          Map.entry("m", 60_000_000L),
          Map.entry("hours", 3_600_000_000L),
          Map.entry("hour", 3_600_000_000L),
          Map.entry("hr", 3_600_000_000L),
          Map.entry("h", 3_600_000_000L),
          Map.entry("days", 86_400_000_000L),
          Map.entry("day", 86_400_000_000L),
          Map.entry("d", 86_400_000_000L),
          Map.entry("weeks", 604_800_000_000L),
          Map.entry("week", 604_800_000_000L),
          Map.entry("w", 604_800_000_000L),
          Map.entry("months", 2_629_800_000_000L),
          Map.entry("month", 2_629_800_000_000L),
          Map.entry("M", 2_629_800_000_000L),
          Map.entry("years", 31_557_600_000_000L),
          Map.entry("year", 31_557_600_000_000L),
          Map.entry("y", 31_557_600_000_000L));

  private UnitTime() {}

  /**
   * The span.
   *
   * @throws IllegalArgumentException if it is none, with the rule, or longer than {@link #INFINITY}
   */
  static Duration parse(String text) {
    if (text.equals("infinity")) {
      return INFINITY;
    }
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < text.length()
        && sum.compareTo(INFINITY) <= 0
        && part.region(end, text.length()).lookingAt()) {
      Long unit = MICROS.get(part.group(3));
      if (unit == null) {
        break;
      }
      sum =
          sum.plus(
              Duration.of(unit, ChronoUnit.MICROS).multipliedBy(Long.parseLong(part.group(1))));
      if (part.group(2) != null) {
        long micros = Long.parseLong((part.group(2) + "000000").substring(0, 6));
        sum = sum.plus(Duration.ofNanos(micros * unit / 1000));
      }
      end = part.end();
    }
    if (end < text.length() || text.isEmpty() || sum.compareTo(INFINITY) > 0) {
      throw new IllegalArgumentException(
          "time: must be a number of seconds, or numbers with units as in 1min 30s, at most "
              + INFINITY.toDays()
              + " days, or infinity");
    }
    return sum;
  }
}
