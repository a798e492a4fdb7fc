package org.jsupervisor.log;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Chooses by the first pattern that is found in a text.
 *
 * @param rules in the order in which they are tried
 * @param otherwise if none is found
 */
record FirstFound<T>(List<Rule<T>> rules, T otherwise) {
  /** What is chosen by a pattern. */
  record Rule<T>(Pattern pattern, T choice) {}

  FirstFound {
    rules = List.copyOf(rules);
  }

  T of(String text) {
    for (Rule<T> rule : rules) {
      if (matches(rule.pattern(), text)) {
        return rule.choice();
      }
    }
    return otherwise;
  }

  /** A pattern that needs too much stack counts as one that is not found. */
  private static boolean matches(Pattern pattern, String text) {
    try {
      return pattern.matcher(text).find();
    } catch (StackOverflowError tooDeep) {
      return false;
    }
  }
}
