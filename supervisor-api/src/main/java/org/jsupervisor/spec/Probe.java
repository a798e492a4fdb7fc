package org.jsupervisor.spec;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A question whose answer tells whether a child is ready. Immutable. */
public sealed interface Probe {
  /** The possible kinds, for switches without a default branch. */
  enum Kind {
    TCP,
    UNIX_SOCKET,
    HTTP,
    FILE,
    COMMAND,
    LOG_LINE
  }

  /** Which kind this is. */
  Kind kind();

  /** One phrase for people. */
  String describe();

  /**
   * Ready when a TCP connection is accepted. Nothing is sent.
   *
   * @param host name or address
   * @param port 1 to 65535
   */
  record Tcp(String host, int port) implements Probe {
    public Tcp {
      Problems problems = new Problems();
      if (host.isBlank()) {
        problems.add("probe: host", host, "must not be empty");
      }
      if (port < 1 || port > 65_535) {
        problems.add("probe: port", Integer.toString(port), "must be 1 to 65535");
      }
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.TCP;
    }

    @Override
    public String describe() {
      return "TCP connection to " + host + " port " + port;
    }
  }

  /**
   * Ready when a stream connection to a UNIX socket is accepted. Nothing is sent.
   *
   * @param path where it is, from the child's directory
   */
  record UnixSocket(Path path) implements Probe {
    @Override
    public Kind kind() {
      return Kind.UNIX_SOCKET;
    }

    @Override
    public String describe() {
      return "connection to " + path;
    }
  }

  /**
   * Ready when GET is answered with one of these status codes. Redirects are not followed; the body
   * is not read.
   *
   * @param uri {@code http} only
   * @param statuses the good status codes, 100 to 599
   */
  record Http(URI uri, Set<Integer> statuses) implements Probe {
    public Http {
      statuses = Set.copyOf(statuses);
      Problems problems = new Problems();
      String host = uri.getHost();
      if (!"http".equals(lower(uri.getScheme())) || host == null || uri.getUserInfo() != null) {
        problems.add("probe: uri", uri.toString(), "must be http://HOST[:PORT]/PATH, without user");
      }
      if (statuses.isEmpty() || statuses.stream().anyMatch(code -> code < 100 || code > 599)) {
        problems.add(
            "probe: statuses", new TreeSet<>(statuses).toString(), "must be some of 100 to 599");
      }
      problems.throwIfAny();
    }

    private static String lower(@org.jspecify.annotations.Nullable String scheme) {
      return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }

    @Override
    public Kind kind() {
      return Kind.HTTP;
    }

    @Override
    public String describe() {
      return "GET " + uri;
    }
  }

  /**
   * Ready when a file is there, whatever it is. One that an earlier run has left behind counts.
   *
   * @param path where it is, from the child's directory
   */
  record File(Path path) implements Probe {
    @Override
    public Kind kind() {
      return Kind.FILE;
    }

    @Override
    public String describe() {
      return "file " + path;
    }
  }

  /**
   * Ready when a program has returned 0. It is started as the child is, with its environment and
   * directory, and without output; what is left of it and of its group after the time for one
   * attempt is killed, and so it is when the host is gone. For one child there is never more than
   * one at a time.
   *
   * <p>It has the launch steps of the child but those that prepare its program or are held by it:
   * run directories, named pipes, redirections, locks, commands before the program, its name.
   *
   * @param command what is executed
   */
  record Execution(Command command) implements Probe {
    @Override
    public Kind kind() {
      return Kind.COMMAND;
    }

    @Override
    public String describe() {
      return "command " + command;
    }
  }

  /**
   * Ready when the child has written a line in which this is found. Lines are read as UTF-8; of a
   * long one the first {@value #LINE_BYTES_MAX} bytes count. The work that is spent on a line is
   * bounded: an expression that needs too much is given up for that line, and after {@value
   * #TOO_COSTLY_MAX} such lines for that run.
   *
   * @param regex a {@link Pattern}
   */
  record LogLine(String regex) implements Probe {
    /** How much of a line is looked at. */
    public static final int LINE_BYTES_MAX = 2048;

    /** How many lines of a run may take too much work. */
    public static final int TOO_COSTLY_MAX = 16;

    /** The longest expression. */
    public static final int REGEX_CHARACTERS_MAX = 1000;

    public LogLine {
      Problems problems = new Problems();
      if (regex.isEmpty() || regex.length() > REGEX_CHARACTERS_MAX) {
        problems.add(
            "probe: pattern",
            Integer.toString(regex.length()),
            "must have 1 to " + REGEX_CHARACTERS_MAX + " characters");
      } else {
        requirePattern(problems, regex);
      }
      problems.throwIfAny();
    }

    private static void requirePattern(Problems problems, String regex) {
      try {
        var unused = Pattern.compile(regex);
      } catch (PatternSyntaxException refusal) {
        problems.add(
            "probe: pattern", regex, "must be a regular expression: " + refusal.getDescription());
      }
    }

    @Override
    public Kind kind() {
      return Kind.LOG_LINE;
    }

    @Override
    public String describe() {
      return "a line with '" + regex + "'";
    }
  }

  /** A TCP port of this machine, at the loopback address. */
  static Probe tcp(int port) {
    return new Tcp("127.0.0.1", port);
  }

  /** A UNIX socket. */
  static Probe unixSocket(Path path) {
    return new UnixSocket(path);
  }

  /** Any answer with a status of 200 to 399. */
  static Probe http(URI uri) {
    Set<Integer> good = new TreeSet<>();
    for (int status = 200; status <= 399; status++) {
      good.add(status);
    }
    return new Http(uri, good);
  }

  /** A file that appears. */
  static Probe file(Path path) {
    return new File(path);
  }

  /** A program that returns 0. */
  static Probe command(String program, String... arguments) {
    return new Execution(Command.of(program, arguments));
  }

  /** A line of output. */
  static Probe logLine(String regex) {
    return new LogLine(regex);
  }
}
