package org.jsupervisor.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads log directories while they are written, by {@link LogDirectory} or by s6-log, svlogd or
 * multilog, with rotated files that were compressed with gzip too. It takes no lock, writes
 * nothing, needs the right to read only, and follows no symbolic link inside the directory.
 *
 * <pre>{@code
 * try (LogCursor lines = LogReader.of(Path.of("log/web")).lastLines(10)) {
 *   while (running) {
 *     lines.next(Duration.ofSeconds(1)).map(LogLine::text).ifPresent(System.out::println);
 *   }
 * }
 * }</pre>
 *
 * <p>The files are one stream of bytes, in the order of their names, {@code current} last. A line
 * that goes on in the next file is one line; but after {@code @….u}, which its logger did not get
 * to finish, a new one begins. What the processor of a logger makes of a file is taken for the
 * file, whether it was compressed, or changed: what has been read is not read again as long as the
 * reader keeps up with it.
 *
 * <p>Timestamps are found line by line: TAI64N, ISO 8601, and what svlogd ({@code -tt}, {@code
 * -ttt}) and s6-log ({@code T}) write for people.
 *
 * <p>Several directories are merged by time: of the lines that are there, the oldest comes next. A
 * line without a time stays behind the one before it in its directory.
 *
 * <p>Immutable and thread-safe; each cursor is on its own. A directory that is missing has no lines
 * yet.
 */
public final class LogReader {
  /** The most lines that {@link #lastLines} goes back. */
  public static final int LAST_LINES_MAX = 1_000_000;

  /** The smallest limit of a line. */
  public static final int LINE_BYTES_MIN = 64;

  /** The largest limit of a line. */
  public static final int LINE_BYTES_MAX = 16 << 20;

  private static final int DIRECTORIES_MAX = 1000;
  private static final int LEAP_SECONDS_MAX = 1000;

  private final List<Path> directories;
  private final int lineBytesMax;
  private final long pollNanos;
  private final LineStart lineStart;

  private LogReader(List<Path> directories, int lineBytesMax, long pollNanos, LineStart lineStart) {
    this.directories = directories;
    this.lineBytesMax = lineBytesMax;
    this.pollNanos = pollNanos;
    this.lineStart = lineStart;
  }

  /** A reader of one directory. */
  public static LogReader of(Path directory) {
    return of(List.of(directory));
  }

  /** A reader that merges directories: 1 to 1,000. */
  public static LogReader of(List<Path> directories) {
    if (directories.isEmpty() || directories.size() > DIRECTORIES_MAX) {
      throw new IllegalArgumentException(
          "log reader: directories must be 1 to "
              + DIRECTORIES_MAX
              + ", were "
              + directories.size());
    }
    return new LogReader(
        List.copyOf(directories),
        64 << 10,
        Duration.ofMillis(100).toNanos(),
        new LineStart(ZoneId.systemDefault(), 0));
  }

  /**
   * Replaces how many bytes of a line are kept (default: 65,536); of a longer one the rest is left
   * out, and {@link OutputLine#omittedBytes} tells how much. A cursor needs about so much memory
   * for each directory.
   */
  public LogReader withLineBytesMax(int bytes) {
    if (bytes < LINE_BYTES_MIN || bytes > LINE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "log reader: bytes of a line must be "
              + LINE_BYTES_MIN
              + " to "
              + LINE_BYTES_MAX
              + ", were "
              + bytes);
    }
    return new LogReader(directories, bytes, pollNanos, lineStart);
  }

  /**
   * Replaces how long a cursor that waits for a line sleeps between two looks (default: 100 ms): 1
   * ms to 1 hour. A look at a log that is still costs two calls of the operating system.
   */
  public LogReader withPollInterval(Duration interval) {
    if (interval.compareTo(Duration.ofMillis(1)) < 0
        || interval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "log reader: poll interval must be 1 ms to 1 h, was " + interval);
    }
    return new LogReader(directories, lineBytesMax, interval.toNanos(), lineStart);
  }

  /**
   * Replaces the zone of the timestamps that s6-log writes with {@code T} (default: that of the
   * system). All others are UTC.
   */
  public LogReader withZone(ZoneId zone) {
    return new LogReader(directories, lineBytesMax, pollNanos, lineStart.in(zone));
  }

  /**
   * Replaces how many seconds TAI64N labels are ahead of those of daemontools and runit (default:
   * 0): 27 for an s6 that counts leap seconds, as those of most distributions.
   */
  public LogReader withLeapSeconds(int seconds) {
    if (seconds < 0 || seconds > LEAP_SECONDS_MAX) {
      throw new IllegalArgumentException(
          "log reader: leap seconds must be 0 to " + LEAP_SECONDS_MAX + ", were " + seconds);
    }
    return new LogReader(directories, lineBytesMax, pollNanos, lineStart.ahead(seconds));
  }

  /** From the oldest line on. */
  public LogCursor all() throws IOException {
    return LogCursor.open(this, directory -> new DirectoryLines(new FileTrail(directory), this));
  }

  /**
   * From the last lines on, so many of each directory; an unfinished line at the end is one of
   * them. With 0, what is written from now on, beginning with the first line that is not finished
   * yet.
   *
   * @param count 0 to {@value #LAST_LINES_MAX}
   */
  public LogCursor lastLines(int count) throws IOException {
    if (count < 0 || count > LAST_LINES_MAX) {
      throw new IllegalArgumentException(
          "log reader: last lines must be 0 to " + LAST_LINES_MAX + ", were " + count);
    }
    return LogCursor.open(
        this, directory -> new DirectoryLines(LastLines.trailOfLast(directory, count), this));
  }

  /**
   * From the first line on whose timestamp is not before this moment. Files that were rotated
   * before it are not read. Lines without a timestamp are where they stand: those of a log without
   * any begin with the first file that was not rotated before.
   */
  public LogCursor since(Instant moment) throws IOException {
    return LogCursor.open(this, directory -> DirectoryLines.since(moment, directory, this));
  }

  List<Path> directories() {
    return directories;
  }

  int lineBytesMax() {
    return lineBytesMax;
  }

  long pollNanos() {
    return pollNanos;
  }

  LineStart lineStart() {
    return lineStart;
  }
}
