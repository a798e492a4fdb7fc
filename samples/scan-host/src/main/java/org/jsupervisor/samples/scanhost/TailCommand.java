package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.log.LogCursor;
import org.jsupervisor.log.LogLine;
import org.jsupervisor.log.LogReader;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanFailedException;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Prints the last lines that a service has logged, and with {@code -f} those that come. It reads
 * the definition and the log; whether a host runs makes no difference.
 *
 * @param directory the scan directory
 * @param logRoot as of {@link Arguments}
 * @param service whose log
 * @param lines how many at first
 * @param after what comes then
 */
record TailCommand(Path directory, Path logRoot, String service, int lines, After after) {
  static final String WORD = "tail";
  static final String USAGE =
      "usage: scan-host tail [-f] [-n LINES] [--logs DIRECTORY] DIRECTORY SERVICE";

  private static final int LINES = 10;
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What comes after the lines that are there. */
  enum After {
    /** The end. */
    END,
    /** Those that are written. */
    FOLLOW
  }

  static TailCommand parse(List<String> words) throws Arguments.UsageException {
    Queue<String> rest = new ArrayDeque<>(words);
    List<String> names = new ArrayList<>();
    Optional<Path> logs = Optional.empty();
    int lines = LINES;
    After after = After.END;
    while (!rest.isEmpty()) {
      String word = rest.remove();
      switch (word) {
        case "-f" -> after = After.FOLLOW;
        case "-n" ->
            lines = Arguments.number(word, Arguments.value(word, rest), LogReader.LAST_LINES_MAX);
        case "--logs" -> logs = Optional.of(Arguments.path(Arguments.value(word, rest)));
        default -> {
          if (word.startsWith("-")) {
            throw new Arguments.UsageException("unknown option '" + word + "'");
          }
          names.add(word);
        }
      }
    }
    if (names.size() != 2) {
      throw new Arguments.UsageException(
          "a directory and a service are needed, got " + names.size() + " names");
    }
    Path directory = Arguments.path(names.get(0));
    Path logRoot = logs.orElse(directory.resolve(".log"));
    return new TailCommand(directory, logRoot, names.get(1), lines, after);
  }

  /** Prints until the end, or until nobody reads any more. */
  ExitCode run(PrintStream out, PrintStream err) throws IOException, InterruptedException {
    List<Path> log = logDirectories();
    if (log.isEmpty()) {
      err.println("scan-host: service '" + service + "' of " + directory + " has no log directory");
      return ExitCode.NO_INPUT;
    }
    try (LogCursor cursor = LogReader.of(log).lastLines(lines)) {
      Lines found = new Lines(cursor, err);
      print(found, out);
      if (after == After.END) {
        if (lines > 0) {
          cursor.unfinished().forEach(line -> out.println(line.text()));
        }
        out.flush();
        return ExitCode.OK;
      }
      follow(found, cursor, out, err);
    }
    return ExitCode.OK;
  }

  private static void print(Lines lines, PrintStream out) throws IOException, InterruptedException {
    Optional<LogLine> line = lines.next(Duration.ZERO);
    while (line.isPresent()) {
      out.println(line.get().text());
      line = lines.next(Duration.ZERO);
    }
  }

  private static void follow(Lines lines, LogCursor cursor, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    long gaps = 0;
    // Asked after each line: it flushes, and tells whether anybody reads.
    while (!out.checkError()) {
      lines.next(LOOK).ifPresent(line -> out.println(line.text()));
      if (cursor.gaps() > gaps) {
        gaps = cursor.gaps();
        err.println(
            "scan-host: lines may be missing: old files were deleted before they were read");
      }
    }
  }

  /** Those of a cursor, which tells of a damaged file once, and goes on behind it. */
  private static final class Lines {
    private final LogCursor cursor;
    private final PrintStream err;
    private String told = "";

    Lines(LogCursor cursor, PrintStream err) {
      this.cursor = cursor;
      this.err = err;
    }

    Optional<LogLine> next(Duration atMost) throws IOException, InterruptedException {
      while (true) {
        try {
          return cursor.next(atMost);
        } catch (IOException e) {
          String message = String.valueOf(e.getMessage());
          if (message.equals(told)) {
            // No file that will be passed over.
            throw e;
          }
          told = message;
          err.println("scan-host: " + message);
        }
      }
    }
  }

  /** Loggers of the families have their directory there, by convention. */
  private static List<Path> logDirectories(OutputSpec output, Path service) {
    Stream<Path> ours =
        output.destinations().stream()
            .filter(OutputSpec.Logged.class::isInstance)
            .map(logged -> ((OutputSpec.Logged) logged).log().directory());
    Stream<Path> theirs =
        output instanceof OutputSpec.ToChild
            ? Stream.of(service.resolve("log/main")).filter(Files::isDirectory)
            : Stream.empty();
    return Stream.concat(ours, theirs).distinct().toList();
  }

  /** As the definition says; of a service that is not there any more, the usual one if it is. */
  private List<Path> logDirectories() throws ScanFailedException, IOException {
    Optional<ProcessSpec> spec =
        ScanDirectory.of(directory, DefinitionSettings.of(logRoot)).read().specs().stream()
            .filter(each -> each.id().toString().equals(service))
            .findFirst();
    if (spec.isPresent()) {
      // Two if stderr is apart.
      return logDirectories(spec.get().output(), spec.get().directory());
    }
    return Stream.of(service)
        .filter(ChildId::isName)
        .map(logRoot::resolve)
        .filter(Files::isDirectory)
        .toList();
  }
}
