package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.Treatment;
import org.jsupervisor.definition.systemd.UnitText.Assignment;

/**
 * The directives of a unit with their types. Of a directive with one value the last assignment
 * holds, and an empty one means the default; of one with several, an empty one forgets those before
 * it. What is wrong is told at its line; the answer then is as if it were not there.
 */
final class Unit {
  private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");
  private static final Set<String> NO = Set.of("0", "no", "n", "false", "f", "off");

  /** Names that directives had once. */
  private static final Map<String, String> OLD_NAMES =
      Map.of("StartLimitInterval", "StartLimitIntervalSec");

  private final String file;
  private final List<Assignment> assignments = new ArrayList<>();
  private final Specifiers specifiers;
  private final Findings findings;

  /** Tells at once what is not honoured or not allowed. */
  Unit(String file, List<Assignment> all, Specifiers specifiers, Findings findings) {
    this.file = file;
    this.specifiers = specifiers;
    this.findings = findings;
    all.forEach(this::add);
  }

  private void add(Assignment written) {
    String key = OLD_NAMES.getOrDefault(written.key(), written.key());
    Assignment assignment = written.called(key);
    String section = assignment.section();
    boolean isOldPlace = section.equals("Service") && Directives.START_LIMIT.names().contains(key);
    Optional<Directives> group = Directives.of(isOldPlace ? "Unit" : section, key);
    if (group.isEmpty()) {
      boolean isExtension = section.startsWith("X-") || key.startsWith("X-");
      findings.note(
          assignment.place(),
          "",
          isExtension
              ? "is not honoured: an extension of somebody else's"
              : "is no directive of [" + section + "] in a service");
      return;
    }
    if (group.get().treatment() == Treatment.REFUSED && !isOff(assignment.value())) {
      findings.problem(assignment.place(), "", group.get().why());
    } else if (group.get().treatment() == Treatment.REPORTED && !assignment.value().isEmpty()) {
      findings.note(assignment.place(), "", "is not honoured: " + group.get().why());
    }
    assignments.add(assignment);
  }

  private static boolean isOff(String value) {
    return value.isEmpty() || NO.contains(value.toLowerCase(Locale.ROOT));
  }

  Findings findings() {
    return findings;
  }

  /** The last assignment, unless it is empty. */
  Optional<Assignment> last(String key) {
    return assignments.stream()
        .filter(each -> each.key().equals(key))
        .reduce((before, after) -> after)
        .filter(each -> !each.value().isEmpty());
  }

  /** Which of two directives stands last; the first if neither is there. */
  String later(String first, String second) {
    return assignments.stream()
        .filter(each -> !each.value().isEmpty())
        .map(Assignment::key)
        .filter(key -> key.equals(first) || key.equals(second))
        .reduce(first, (before, after) -> after);
  }

  /** Whether it is to be run as somebody else than the host. */
  boolean changesUser() {
    return last("User").isPresent() || last("Group").isPresent();
  }

  /** All assignments behind the last empty one. */
  List<Assignment> list(String key) {
    List<Assignment> list = new ArrayList<>();
    for (Assignment each : assignments) {
      if (each.key().equals(key)) {
        if (each.value().isEmpty()) {
          list.clear();
        } else {
          list.add(each);
        }
      }
    }
    return list;
  }

  /** All words of a list, with what {@code %} stands for. */
  List<String> words(String key) {
    return words(list(key));
  }

  /** The same of a list that an empty value does not forget: of dependencies. */
  List<String> wordsOfAll(String key) {
    return words(assignments.stream().filter(each -> each.key().equals(key)).toList());
  }

  private List<String> words(List<Assignment> lines) {
    List<String> words = new ArrayList<>();
    for (Assignment each : lines) {
      findings
          .attempt(
              each.place(),
              "",
              () ->
                  UnitWords.split(each.value()).stream()
                      .map(word -> specifiers.expand(word.text()))
                      .toList())
          .ifPresent(words::addAll);
    }
    return words;
  }

  /** Where the directive is, or would be. */
  String place(String key) {
    return last(key).map(Assignment::place).orElse(file + ": " + key);
  }

  /** The value, with what {@code %} stands for. */
  Optional<String> text(String key) {
    return last(key).flatMap(each -> expanded(each.place(), each.value()));
  }

  /** A text with what {@code %} stands for. */
  Optional<String> expanded(String place, String text) {
    return findings.attempt(place, "", () -> specifiers.expand(text));
  }

  /** What a function makes of the value; its refusal is told. */
  <T> Optional<T> value(String key, Function<String, T> reading) {
    return text(key).flatMap(text -> attempt(key, () -> reading.apply(text)));
  }

  /** What is made; its refusal is told at this directive. */
  <T> Optional<T> attempt(String key, Supplier<T> constructor) {
    return findings.attempt(place(key), last(key).map(Assignment::value).orElse(""), constructor);
  }

  /** One of the given words. */
  <T> Optional<T> choice(String key, Map<String, T> choices) {
    return value(
        key,
        text -> {
          T chosen = choices.get(text);
          if (chosen == null) {
            throw new IllegalArgumentException(
                key
                    + ": must be one of "
                    + String.join(", ", choices.keySet().stream().sorted().toList()));
          }
          return chosen;
        });
  }

  boolean isTrue(String key, boolean byDefault) {
    return value(
            key,
            text -> {
              String word = text.toLowerCase(Locale.ROOT);
              if (!YES.contains(word) && !NO.contains(word)) {
                throw new IllegalArgumentException(key + ": must be yes or no");
              }
              return YES.contains(word);
            })
        .orElse(byDefault);
  }

  Optional<Duration> duration(String key) {
    return value(key, UnitTime::parse);
  }

  /** A whole number. */
  Optional<Integer> integer(String key) {
    return value(
        key,
        text -> {
          if (!text.matches("[+-]?[0-9]{1,9}")) {
            throw new IllegalArgumentException(key + ": must be a whole number");
          }
          return Integer.valueOf(text);
        });
  }
}
