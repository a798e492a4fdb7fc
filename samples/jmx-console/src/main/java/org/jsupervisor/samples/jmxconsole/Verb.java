package org.jsupervisor.samples.jmxconsole;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be asked for. */
enum Verb {
  LIST,
  STATUS,
  CHECK,
  EXPLAIN,
  UP,
  DOWN,
  RESTART,
  ONCE,
  RELEASE,
  PAUSE,
  RESUME,
  SIGNAL,
  ROTATE,
  TAIL,
  WATCH;

  /** What users of {@code sv} and {@code service} are used to say. */
  private static final Map<String, Verb> OTHER_WORDS =
      Map.of("start", UP, "stop", DOWN, "cont", RESUME);

  private static final Map<String, String> SIGNALS =
      Map.of(
          "hup", "HUP",
          "alarm", "ALRM",
          "interrupt", "INT",
          "quit", "QUIT",
          "1", "USR1",
          "2", "USR2",
          "term", "TERM",
          "kill", "KILL");

  /**
   * A verb as it is said.
   *
   * @param verb which one
   * @param implied the words behind it that are a part of it: the signal of {@code hup}
   */
  record Said(Verb verb, List<String> implied) {}

  static Optional<Said> said(String word) {
    if (SIGNALS.containsKey(word)) {
      return Optional.of(new Said(SIGNAL, List.of(SIGNALS.get(word))));
    }
    return named(word).map(verb -> new Said(verb, List.of()));
  }

  private static Optional<Verb> named(String word) {
    for (Verb verb : values()) {
      if (verb.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(verb);
      }
    }
    return Optional.ofNullable(OTHER_WORDS.get(word));
  }

  /** Whether it means all services when none is named: it changes nothing. */
  boolean mayMeanAll() {
    return switch (this) {
      case LIST, STATUS, CHECK, WATCH -> true;
      case EXPLAIN, UP, DOWN, RESTART, ONCE, RELEASE, PAUSE, RESUME, SIGNAL, ROTATE, TAIL -> false;
    };
  }
}
