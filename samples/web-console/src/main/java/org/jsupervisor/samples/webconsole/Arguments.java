package org.jsupervisor.samples.webconsole;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The command line.
 *
 * @param directory the definitions
 * @param logRoot where services log that have no {@code log} directory of their own
 * @param name the name of the tree
 * @param port where the console listens; 0 is any that is free
 */
record Arguments(Path directory, Path logRoot, String name, int port) {
  static final String USAGE =
      "usage: web-console [--port PORT] [--name NAME] [--logs DIRECTORY] DIRECTORY";

  private static final int PORT_MAX = 65535;

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
    Optional<Path> logRoot = Optional.empty();
    String name = "main";
    int port = 0;
    while (!rest.isEmpty()) {
      String word = rest.remove();
      switch (word) {
        case "--port" -> port = port(value(word, rest));
        case "--name" -> name = value(word, rest);
        case "--logs" -> logRoot = Optional.of(path(value(word, rest)));
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
    return new Arguments(directory, logRoot.orElse(directory.resolve(".log")), name, port);
  }

  private static String value(String option, Queue<String> rest) throws UsageException {
    if (rest.isEmpty()) {
      throw new UsageException("option '" + option + "' needs a value");
    }
    return rest.remove();
  }

  private static int port(String text) throws UsageException {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= PORT_MAX) {
      return Integer.parseInt(text);
    }
    throw new UsageException("--port must be 0 to " + PORT_MAX + ", was '" + text + "'");
  }

  private static Path path(String text) throws UsageException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("'" + text + "' is no path: " + e.getReason());
    }
  }
}
