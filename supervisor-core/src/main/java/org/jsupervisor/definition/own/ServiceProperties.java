package org.jsupervisor.definition.own;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.definition.Findings;

/**
 * The entries of one service by key, and their values by type. A value that does not fit is a
 * problem with its line, and then is as good as absent. Confined to the call that reads it.
 */
final class ServiceProperties {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KMG])");
  private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");
  private static final int WORDS_MAX = 1000;

  private final Place home;
  private final Findings findings;
  private final Map<ServiceKey, Entry> single = new EnumMap<>(ServiceKey.class);
  private final Map<ServiceKey, List<Entry>> repeated = new EnumMap<>(ServiceKey.class);
  private final Map<ServiceKey, Map<String, Entry>> named = new EnumMap<>(ServiceKey.class);

  /**
   * Sorts the entries by key; unknown and doubled ones are problems.
   *
   * @param home where the service begins: the place of what is missing
   */
  ServiceProperties(Place home, List<Entry> entries, Findings findings) {
    this.home = home;
    this.findings = findings;
    Map<String, Place> firsts = new HashMap<>();
    for (Entry entry : entries) {
      Optional<ServiceKey> key = ServiceKey.of(entry.key());
      if (key.isEmpty()) {
        findings.problem(place(entry), "", "is not a key of a service file");
        continue;
      }
      Place first = firsts.putIfAbsent(entry.key(), entry.place());
      if (first != null && !key.get().isRepeatable()) {
        String where = first.line() > 0 ? "in line " + first.line() : "there";
        findings.problem(place(entry), "", "must stand only once, is already " + where);
      } else {
        add(key.get(), entry);
      }
    }
  }

  private void add(ServiceKey key, Entry entry) {
    if (key.isRepeatable()) {
      repeated.computeIfAbsent(key, unused -> new ArrayList<>()).add(entry);
    } else if (key.isNamed()) {
      named
          .computeIfAbsent(key, unused -> new TreeMap<>())
          .put(entry.key().substring(key.prefix().length()), entry);
    } else {
      single.put(key, entry);
    }
  }

  /** The file with the line and the key, if it is there: where a problem with it is. */
  String place(ServiceKey key) {
    Entry entry = single.get(key);
    return entry == null ? home.of(key.text()) : place(entry);
  }

  /** The file with the line and the key of the entry. */
  String place(Entry entry) {
    return entry.spot();
  }

  boolean has(ServiceKey key) {
    return single.containsKey(key);
  }

  /** All arguments in the order of the file. */
  List<Entry> arguments() {
    return repeated(ServiceKey.ARGUMENT);
  }

  /** All arguments of the command that asks for readiness, in the order of the file. */
  List<Entry> readyArguments() {
    return repeated(ServiceKey.READY_ARGUMENT);
  }

  /** All entries of a key that may stand several times, in the order of the file. */
  List<Entry> repeated(ServiceKey key) {
    return repeated.getOrDefault(key, List.of());
  }

  /** The entries of a key that has a name in it, by that name. */
  Map<String, Entry> named(ServiceKey key) {
    return named.getOrDefault(key, Map.of());
  }

  /** The words of a key that may stand several times, or have several with commas between. */
  List<String> words(ServiceKey key) {
    List<String> words = new ArrayList<>();
    for (Entry entry : repeated(key)) {
      for (String word : words(entry)) {
        if (!word.matches("\\S+")) {
          findings.problem(place(entry), entry.written(), "must be words with commas between");
        } else {
          words.add(word);
        }
      }
    }
    return words;
  }

  Optional<String> text(ServiceKey key) {
    return Optional.ofNullable(single.get(key)).map(Entry::value);
  }

  private List<String> words(Entry entry) {
    List<String> words = splitAtCommas(entry.value());
    if (words.size() > WORDS_MAX) {
      findings.problem(place(entry), "", "must be at most " + WORDS_MAX + " words");
      return List.of();
    }
    return words;
  }

  /** What is between the commas, without the blanks around it. */
  static List<String> splitAtCommas(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  /** The same words, which are numbers and ranges of them; empty, and a problem, if not. */
  Optional<NavigableSet<Integer>> numbers(ServiceKey key) {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (Entry entry : repeated(key)) {
      for (String word : words(entry)) {
        Matcher range = RANGE.matcher(word);
        int from = range.matches() ? Integer.parseInt(range.group(1)) : 1;
        int to =
            range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : from;
        if (!range.matches() || to < from) {
          String rule = "must be numbers and ranges of them with commas between, as in 0-3, 8";
          findings.problem(place(entry), entry.written(), rule);
          return Optional.empty();
        }
        IntStream.rangeClosed(from, to).forEach(numbers::add);
      }
    }
    return Optional.of(numbers);
  }

  /** What is shown of its value. */
  private String shown(ServiceKey key) {
    Entry entry = single.get(key);
    return key.isSecret() || entry == null ? "" : entry.written();
  }

  /** One of the given words. */
  <T> Optional<T> choice(ServiceKey key, Map<String, T> choices) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    T chosen = choices.get(text.get());
    if (chosen == null) {
      problem(key, "must be one of " + String.join(", ", new TreeMap<>(choices).keySet()));
    }
    return Optional.ofNullable(chosen);
  }

  Optional<Integer> integer(ServiceKey key) {
    return matched(key, INTEGER, "must be a whole number").map(m -> Integer.valueOf(m.group()));
  }

  Optional<Duration> duration(ServiceKey key) {
    return matched(key, DURATION, "must be a whole number with a unit: ms, s, m or h, as in 10s")
        .map(ServiceProperties::duration);
  }

  /** Empty if it is none. */
  static Optional<Duration> parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    return matcher.matches() ? Optional.of(duration(matcher)) : Optional.empty();
  }

  private static Duration duration(Matcher matched) {
    long number = Long.parseLong(matched.group(1));
    return switch (matched.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** A number of bytes. */
  Optional<Long> size(ServiceKey key) {
    return matched(key, SIZE, "must be a whole number with a unit: K, M or G, as in 10M")
        .map(m -> Long.parseLong(m.group(1)) << (10 * (1 + "KMG".indexOf(m.group(2)))));
  }

  private Optional<Matcher> matched(ServiceKey key, Pattern pattern, String rule) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(text.get());
    if (matcher.matches()) {
      return Optional.of(matcher);
    }
    problem(key, rule);
    return Optional.empty();
  }

  /**
   * The part of a spec that these keys make; if it is refused, the problem is told at the first.
   */
  <T> Optional<T> build(Supplier<T> constructor, ServiceKey... keys) {
    ServiceKey blamed = keys[0];
    for (ServiceKey key : keys) {
      if (has(key)) {
        blamed = key;
        break;
      }
    }
    return findings.attempt(place(blamed), shown(blamed), constructor);
  }

  /**
   * The part of a spec that is made from a least and a greatest duration; each is checked alone, so
   * that the problem is told at its own key.
   */
  <T> Optional<T> range(Bound least, Bound greatest, BiFunction<Duration, Duration, T> maker) {
    Duration from = duration(least.key()).orElse(least.byDefault());
    Duration to = duration(greatest.key()).orElse(greatest.byDefault());
    int before = findings.count();
    build(() -> maker.apply(from, from), least.key());
    build(() -> maker.apply(to, to), greatest.key());
    if (from.compareTo(to) > 0) {
      if (has(greatest.key())) {
        problem(greatest.key(), "must be at least " + least.key().text());
      } else {
        problem(least.key(), "must be at most " + greatest.key().text());
      }
    }
    return findings.count() > before ? Optional.empty() : Optional.of(maker.apply(from, to));
  }

  /**
   * One end of a range.
   *
   * @param byDefault its value if the key is absent
   */
  record Bound(ServiceKey key, Duration byDefault) {}

  /** Refuses keys that would have no effect. */
  void refuse(String rule, ServiceKey... keys) {
    for (ServiceKey key : keys) {
      if (has(key)) {
        problem(key, rule);
      } else {
        repeated(key).forEach(entry -> findings.problem(place(entry), "", rule));
      }
    }
  }

  /** A problem with the value of this key. */
  void problem(ServiceKey key, String rule) {
    findings.problem(place(key), shown(key), rule);
  }

  Findings findings() {
    return findings;
  }
}
