package org.jsupervisor.samples.jmxconsole;

import java.util.Locale;
import java.util.Optional;

/** What can be asked for. */
enum Verb {
  LIST,
  STATUS,
  EXPLAIN,
  UP,
  DOWN,
  RESTART,
  ONCE,
  PAUSE,
  RESUME,
  SIGNAL,
  ROTATE,
  TAIL,
  WATCH;

  static Optional<Verb> named(String word) {
    for (Verb verb : values()) {
      if (verb.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  /** Whether it means all services when none is named: it changes nothing. */
  boolean mayMeanAll() {
    return switch (this) {
      case LIST, STATUS, WATCH -> true;
      case EXPLAIN, UP, DOWN, RESTART, ONCE, PAUSE, RESUME, SIGNAL, ROTATE, TAIL -> false;
    };
  }
}
