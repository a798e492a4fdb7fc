package org.jsupervisor.samples.scanhost;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line.
 *
 * @param directory what is scanned
 * @param logRoot where services log that have no {@code log} directory of their own
 * @param name the name of the tree, for JMX
 * @param form how the output looks
 * @param purpose what is done
 * @param also which formats are read besides those that always are
 */
record Arguments(
    Path directory, Path logRoot, String name, Form form, Purpose purpose, Set<Format> also) {
  static final String USAGE =
      "usage: scan-host [--plan|--watch] [--also FORMAT]... [--logs DIRECTORY] [--name NAME] [--plain|--live] DIRECTORY";

  /** How the output looks. */
  enum Form {
    /** For files and pipes. */
    PLAIN,
    /** For terminals: with colours. */
    LIVE
  }

  /** What is done with the directory. */
  enum Purpose {
    /** It is supervised. */
    RUN,
    /** The same, and it is read again when something in it changes. */
    WATCH,
    /** It is read, and what would be started is printed. */
    PLAN
  }

  /** What is wrong with a command line, in one line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Arguments parse(String... words) throws UsageException {
    Queue<String> rest = new ArrayDeque<>(List.of(words));
    List<Path> directories = new ArrayList<>();
    List<Path> logRoots = new ArrayList<>();
    String name = "main";
    Form form = Form.PLAIN;
    Purpose purpose = Purpose.RUN;
    Set<Format> also = EnumSet.noneOf(Format.class);
    while (!rest.isEmpty()) {
      String word = rest.remove();
      switch (word) {
        case "--plain" -> form = Form.PLAIN;
        case "--watch" -> purpose = Purpose.WATCH;
        case "--plan" -> purpose = Purpose.PLAN;
        case "--live" -> form = Form.LIVE;
        case "--also" -> also.add(format(value(word, rest)));
        case "--logs" -> logRoots.add(path(value(word, rest)));
        case "--name" -> name = value(word, rest);
        default -> {
          if (word.startsWith("-")) {
            throw new UsageException("unknown option '" + word + "'");
          }
          directories.add(path(word));
        }
      }
    }
    if (directories.size() != 1) {
      throw new UsageException("exactly one directory is needed, got " + directories.size());
    }
    Path directory = directories.get(0);
    Path logRoot = logRoots.isEmpty() ? directory.resolve(".log") : logRoots.get(0);
    return new Arguments(directory, logRoot, name, form, purpose, also);
  }

  private static Format format(String text) throws UsageException {
    return Format.of(text)
        .orElseThrow(
            () ->
                new UsageException(
                    "unknown format '"
                        + text
                        + "'; must be one of "
                        + Stream.of(Format.values())
                            .map(Format::text)
                            .collect(Collectors.joining(", "))));
  }

  static String value(String option, Queue<String> rest) throws UsageException {
    if (rest.isEmpty()) {
      throw new UsageException("option '" + option + "' needs a value");
    }
    return rest.remove();
  }

  static Path path(String text) throws UsageException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("'" + text + "' is no path: " + e.getReason());
    }
  }
}
