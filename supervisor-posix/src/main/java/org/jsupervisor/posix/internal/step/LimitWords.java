package org.jsupervisor.posix.internal.step;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep.Limit;

/** Limits, as tools are told of them. */
final class LimitWords {
  /** The options of daemontools' softlimit, which its relatives have kept. */
  static final Map<Resource, String> ALL_LETTERS =
      letters(
          Map.of(
              Resource.ADDRESS_SPACE, "-a",
              Resource.CORE, "-c",
              Resource.DATA, "-d",
              Resource.FILE_SIZE, "-f",
              Resource.LOCKED_MEMORY, "-l",
              Resource.OPEN_FILES, "-o",
              Resource.PROCESSES, "-p",
              Resource.RESIDENT_SET, "-r",
              Resource.STACK, "-s",
              Resource.CPU_TIME, "-t"));

  /** Those that runit's chpst has. */
  static final Map<Resource, String> RUNIT_LETTERS =
      letters(
          Map.of(
              Resource.CORE, "-c",
              Resource.DATA, "-d",
              Resource.FILE_SIZE, "-f",
              Resource.OPEN_FILES, "-o",
              Resource.PROCESSES, "-p"));

  private LimitWords() {}

  private static Map<Resource, String> letters(Map<Resource, String> letters) {
    return new EnumMap<>(letters);
  }

  static List<String> prlimit(List<Limit> limits) {
    List<String> words = new ArrayList<>();
    for (Limit limit : limits) {
      words.add(
          "--" + limit.resource().key() + "=" + text(limit.soft()) + ":" + text(limit.hard()));
    }
    words.add("--");
    return words;
  }

  private static String text(Bound bound) {
    return switch (bound.sort()) {
      case NUMBER -> Long.toString(bound.value());
      case UNLIMITED -> "unlimited";
      case UNCHANGED -> "";
    };
  }

  /** For tools that set soft limits to numbers, and nothing else. */
  static Optional<List<String>> soft(List<Limit> limits, Map<Resource, String> letters) {
    List<String> words = new ArrayList<>();
    for (Limit limit : limits) {
      String letter = letters.get(limit.resource());
      if (letter == null
          || limit.soft().sort() != Bound.Sort.NUMBER
          || limit.hard().sort() != Bound.Sort.UNCHANGED) {
        return Optional.empty();
      }
      words.add(letter);
      words.add(Long.toString(limit.soft().value()));
    }
    words.add("--");
    return Optional.of(words);
  }
}
