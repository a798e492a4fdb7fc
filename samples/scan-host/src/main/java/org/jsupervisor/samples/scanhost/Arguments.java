package org.jsupervisor.samples.scanhost;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;

/**
 * The command line.
 *
 * @param directory what is scanned
 * @param name the name of the tree, for JMX
 * @param form how the output looks
 * @param purpose what is done
 * @param sources how the directory is read
 * @param users whether children may have other users
 * @param syslog where abnormal events are sent
 * @param door how consoles from elsewhere get in; empty if they do not
 */
record Arguments(
    Path directory,
    String name,
    Form form,
    Purpose purpose,
    Sources sources,
    Users users,
    Optional<SyslogPlace> syslog,
    Optional<Door> door) {
  static final String USAGE =
      "usage: scan-host [OPTION]... DIRECTORY; scan-host --help tells the options";

  /** What {@code --help} prints. */
  static final String HELP =
      """
      usage: scan-host [OPTION]... DIRECTORY    supervises a directory of definitions
             %s
             %s

      Options, and what holds without them:
      %s"""
          .formatted(
              TailCommand.USAGE.replace("usage: ", ""),
              AccountCommand.USAGE.replace("usage: ", ""),
              Option.help());

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

  /** Whether children may have other users than the host. */
  enum Users {
    /** As the definitions say. */
    AS_DEFINED,
    /** Never. */
    UNCHANGED
  }

  /** What is wrong with a command line, in one line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Arguments parse(String... words) throws UsageException {
    CommandLine line = CommandLine.of(words);
    if (line.names().size() != 1) {
      throw new UsageException("exactly one directory is needed, got " + line.names().size());
    }
    if (line.has(Option.PLAN) && line.has(Option.WATCH)) {
      throw new UsageException("of '--plan' and '--watch' only one can be");
    }
    Path directory = path(line.names().get(0));
    Form form =
        line.last(Option.PLAIN, Option.LIVE).equals(Optional.of(Option.LIVE))
            ? Form.LIVE
            : Form.PLAIN;
    Purpose purpose =
        line.has(Option.PLAN) ? Purpose.PLAN : line.has(Option.WATCH) ? Purpose.WATCH : Purpose.RUN;
    Optional<String> syslog = line.one(Option.SYSLOG);
    return new Arguments(
        directory,
        line.one(Option.NAME).orElse("main"),
        form,
        purpose,
        Sources.of(line, directory),
        line.has(Option.UNPRIVILEGED) ? Users.UNCHANGED : Users.AS_DEFINED,
        syslog.isEmpty() ? Optional.empty() : Optional.of(SyslogPlace.of(syslog.get())),
        Door.of(line));
  }

  static String value(String option, Queue<String> rest) throws UsageException {
    if (rest.isEmpty()) {
      throw new UsageException("option '" + option + "' needs a value");
    }
    return rest.remove();
  }

  /** A number from 0 on, of digits only. */
  static int number(String option, String text, int most) throws UsageException {
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new UsageException(
        "option '" + option + "' must be 0 to " + most + ", was '" + text + "'");
  }

  static Path path(String text) throws UsageException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("'" + text + "' is no path: " + e.getReason());
    }
  }
}
