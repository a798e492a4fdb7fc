package org.jsupervisor.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** The lines of one directory, as they come. Not thread-safe. */
final class DirectoryLines implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final FileTrail trail;
  private final LineStart start;
  private final LineBuffer line;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).limit(0);

  /** Lines before it are left out; afterwards it is at the beginning of time. */
  private Instant since = Instant.MIN;

  /** Whether what comes first belongs to a line in a file that is left out. */
  private boolean inOlderLine;

  /** Whether a line without a time would belong to one that is left out. */
  private boolean afterOlderLine;

  /** The lines from where the trail is. */
  DirectoryLines(FileTrail trail, LogReader reader) {
    this.trail = trail;
    this.start = reader.lineStart();
    this.line = new LineBuffer(reader.lineBytesMax());
  }

  /** The lines from the first one on that is not older. */
  static DirectoryLines since(Instant since, Path directory, LogReader reader) throws IOException {
    FileTrail trail = new FileTrail(directory);
    DirectoryLines lines = new DirectoryLines(trail, reader);
    lines.since = since;
    List<LogFileName> files = LogListing.settled(directory).files();
    int older = 0;
    while (older < files.size() && lines.isOlder(files.get(older), since)) {
      older++;
    }
    trail.skip(files.subList(0, older));
    if (older > 0) {
      lines.inOlderLine = lines.goesOn(files.get(older - 1));
    }
    return lines;
  }

  private boolean isOlder(LogFileName file, Instant moment) {
    return file.rotatedAt().map(start::timeOf).filter(time -> time.isBefore(moment)).isPresent();
  }

  /** A damaged file is none of those that are read: its last line is over. */
  private boolean goesOn(LogFileName older) throws IOException {
    try {
      return endsInLine(older);
    } catch (EOFException | ZipException damaged) {
      return false;
    }
  }

  private boolean endsInLine(LogFileName name) throws IOException {
    Optional<OpenLogFile> opened =
        name.endsLine() ? Optional.empty() : OpenLogFile.open(trail.directory(), name);
    if (opened.isEmpty()) {
      return false;
    }
    try (OpenLogFile file = opened.get()) {
      return file.endsInLine();
    }
  }

  long gaps() {
    return trail.gaps();
  }

  /**
   * The next finished line; empty if there is none for now.
   *
   * @throws IOException as {@link FileTrail#read}
   */
  Optional<LogLine> next() throws IOException {
    while (true) {
      if (line.appendCutting(chunk) == LineBuffer.Progress.LINE) {
        Optional<LogLine> found = taken(OutputLine.Ending.NEWLINE);
        if (found.isPresent()) {
          return found;
        }
        continue;
      }
      switch (readOn()) {
        case BYTES, MOVED -> {}
        case NOTHING -> {
          return Optional.empty();
        }
        case BREAK -> {
          Optional<LogLine> broken =
              line.isEmpty() ? Optional.empty() : taken(OutputLine.Ending.MISSING);
          inOlderLine = false;
          if (broken.isPresent()) {
            return broken;
          }
        }
      }
    }
  }

  private FileTrail.Progress readOn() throws IOException {
    chunk.clear();
    try {
      return trail.read(chunk);
    } finally {
      // Also when it throws: what was in it before is not to be read again.
      chunk.flip();
    }
  }

  /** The beginning of the line after the last one, as far as it was read. */
  Optional<LogLine> unfinished() {
    return line.isEmpty() || inOlderLine
        ? Optional.empty()
        : Optional.of(stamped(line.peek(OutputLine.Ending.MISSING)))
            .filter(found -> !isOlder(found));
  }

  private Optional<LogLine> taken(OutputLine.Ending ending) {
    LogLine found = stamped(line.take(ending));
    boolean isOlder = inOlderLine || isOlder(found);
    inOlderLine = false;
    if (found.time().isPresent()) {
      afterOlderLine = isOlder;
      since = isOlder ? since : Instant.MIN;
    }
    return isOlder ? Optional.empty() : Optional.of(found);
  }

  private boolean isOlder(LogLine found) {
    return found.time().map(time -> time.isBefore(since)).orElse(afterOlderLine);
  }

  private LogLine stamped(OutputLine whole) {
    byte[] bytes = whole.bytes();
    return start
        .stampOf(bytes, bytes.length)
        .map(
            stamp ->
                new LogLine(
                    trail.directory(),
                    whole,
                    Optional.of(stamp.time()),
                    whole.after(stamp.length())))
        .orElseGet(() -> new LogLine(trail.directory(), whole, Optional.empty(), whole));
  }

  @Override
  public void close() throws IOException {
    trail.close();
  }
}
