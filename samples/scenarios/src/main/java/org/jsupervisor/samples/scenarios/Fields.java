package org.jsupervisor.samples.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one JSON object. What is wrong is written down and read on with a harmless value, so
 * that all problems of a file are told at once.
 */
final class Fields {
  private final Map<?, ?> object;
  private final int line;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(Object value, int line, List<String> problems) {
    this.line = line;
    this.problems = problems;
    if (value instanceof Map<?, ?> map) {
      this.object = map;
    } else {
      this.object = Map.of();
      problem("must be a JSON object, was " + Json.write(value));
    }
  }

  void problem(String what) {
    problems.add("line " + line + ": " + what);
  }

  boolean has(String key) {
    known.add(key);
    return object.containsKey(key);
  }

  private @Nullable Object take(String key) {
    known.add(key);
    return object.get(key);
  }

  String text(String key, String byDefault) {
    Object value = take(key);
    if (value == null || value instanceof String) {
      return value == null ? byDefault : (String) value;
    }
    problem("'" + key + "' must be a string, was " + Json.write(value));
    return byDefault;
  }

  long number(String key, long byDefault, long least, long most) {
    Object value = take(key);
    if (value == null) {
      return byDefault;
    }
    if (value instanceof Long number && number >= least && number <= most) {
      return number;
    }
    problem(
        "'"
            + key
            + "' must be a whole number from "
            + least
            + " to "
            + most
            + ", was "
            + Json.write(value));
    return byDefault;
  }

  Duration millis(String key, Duration byDefault) {
    return Duration.ofMillis(number(key, byDefault.toMillis(), 0, 36_500L * 86_400_000));
  }

  boolean truth(String key, boolean byDefault) {
    Object value = take(key);
    if (value == null || value instanceof Boolean) {
      return value == null ? byDefault : (Boolean) value;
    }
    problem("'" + key + "' must be true or false, was " + Json.write(value));
    return byDefault;
  }

  /** One of a closed set of words. */
  <T> T word(String key, Map<String, T> words, T byDefault) {
    Object value = take(key);
    if (value == null) {
      return byDefault;
    }
    T found = value instanceof String ? words.get(value) : null;
    if (found == null) {
      problem(
          "'"
              + key
              + "' must be one of "
              + String.join(", ", words.keySet())
              + ", was "
              + Json.write(value));
      return byDefault;
    }
    return found;
  }

  /** A text that is more than a text: what refuses it says why. */
  <T> T parsed(String key, Function<String, T> parse, T byDefault) {
    String text = text(key, "");
    if (text.isEmpty()) {
      problem("'" + key + "' must be a string that is not empty");
      return byDefault;
    }
    return checked(() -> parse.apply(text), byDefault);
  }

  /** What a constructor refuses is a problem of this line. */
  <T> T checked(Supplier<T> make, T byDefault) {
    try {
      return make.get();
    } catch (IllegalArgumentException refusal) {
      problem(String.valueOf(refusal.getMessage()));
      return byDefault;
    }
  }

  List<Object> list(String key) {
    Object value = take(key);
    if (value == null || value instanceof List<?>) {
      return value == null ? List.of() : new ArrayList<Object>((List<?>) value);
    }
    problem("'" + key + "' must be a list, was " + Json.write(value));
    return List.of();
  }

  Fields object(String key) {
    Object value = take(key);
    return below(value == null ? Map.of() : value);
  }

  Fields below(Object value) {
    return new Fields(value, line, problems);
  }

  /** To be called when all keys were asked for: another one is a mistake. */
  void done() {
    for (Object key : object.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        problem("unknown key '" + key + "'; known here: " + String.join(", ", known));
      }
    }
  }
}
