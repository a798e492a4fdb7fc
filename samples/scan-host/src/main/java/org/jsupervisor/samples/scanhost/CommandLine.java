package org.jsupervisor.samples.scanhost;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The words of a command line, sorted.
 *
 * @param given the options, in their order; an option without a value has an empty one
 * @param names what else there is
 */
record CommandLine(List<Given> given, List<String> names) {
  /** An option with its value. */
  record Given(Option option, String value) {}

  CommandLine {
    given = List.copyOf(given);
    names = List.copyOf(names);
  }

  static CommandLine of(String... words) throws Arguments.UsageException {
    Queue<String> rest = new ArrayDeque<>(List.of(words));
    List<Given> given = new ArrayList<>();
    List<String> names = new ArrayList<>();
    while (!rest.isEmpty()) {
      String word = rest.remove();
      Optional<Option> found = Option.of(word);
      if (found.isPresent()) {
        Option option = found.get();
        if (!option.isRepeatable() && given.stream().anyMatch(g -> g.option() == option)) {
          throw new Arguments.UsageException("option '" + word + "' must be given only once");
        }
        given.add(new Given(option, option.value().isEmpty() ? "" : Arguments.value(word, rest)));
      } else if (word.startsWith("-")) {
        throw new Arguments.UsageException("unknown option '" + word + "'");
      } else {
        names.add(word);
      }
    }
    return new CommandLine(given, names);
  }

  boolean has(Option option) {
    return given.stream().anyMatch(each -> each.option() == option);
  }

  /** The values of an option, in their order. */
  List<String> all(Option option) {
    return given.stream().filter(each -> each.option() == option).map(Given::value).toList();
  }

  Optional<String> one(Option option) {
    return all(option).stream().findFirst();
  }

  /** Which of the two was given last. */
  Optional<Option> last(Option one, Option other) {
    return given.stream()
        .map(Given::option)
        .filter(each -> each == one || each == other)
        .reduce((before, after) -> after);
  }
}
