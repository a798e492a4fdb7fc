package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes and however they are cut into files, the lines are those of the bytes. */
class LogReaderProperties {
  /** What becomes of a file when it is full. */
  private enum Fate {
    PLAIN,
    COMPRESSED,
    STAYS_CURRENT
  }

  private record Piece(String text, Fate fate) {}

  @Provide
  Arbitrary<List<Piece>> pieces() {
    // Few lines and many, and those of one block of the search more or less.
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab\n\u00ff\0").ofMaxLength(40),
            Arbitraries.integers().between(65_530, 65_540).map(n -> "y".repeat(n) + "\n"),
            Arbitraries.integers().between(0, 3).map("z\n".repeat(20)::repeat));
    return Combinators.combine(text, Arbitraries.of(Fate.class)).as(Piece::new).list().ofMaxSize(8);
  }

  @Property(tries = 300)
  void lines_areThoseOfAllBytes(@ForAll("pieces") List<Piece> pieces) throws IOException {
    try (Log log = new Log()) {
      pieces.forEach(log::add);
      try (LogCursor cursor = LogReader.of(log.directory()).withLineBytesMax(1 << 20).all()) {
        assertThat(read(cursor)).isEqualTo(split(log.text.toString()));
      }
    }
  }

  @Property(tries = 300)
  void lastLines_areTheLastOfAll(
      @ForAll("pieces") List<Piece> pieces, @ForAll @IntRange(min = 1, max = 60) int count)
      throws IOException {
    try (Log log = new Log()) {
      pieces.forEach(log::add);
      LogReader reader = LogReader.of(log.directory()).withLineBytesMax(1 << 20);
      List<String> all = split(log.text.toString());
      try (LogCursor cursor = reader.lastLines(count)) {
        assertThat(read(cursor))
            .isEqualTo(all.subList(Math.max(0, all.size() - count), all.size()));
      }
      try (LogCursor cursor = reader.lastLines(0)) {
        assertThat(cursor.next()).isEmpty();
      }
    }
  }

  @Property(tries = 200)
  void linesWhileTheyAreWritten_areThoseOfAllBytes(
      @ForAll("pieces") List<Piece> pieces, @ForAll @Size(8) List<Boolean> looks)
      throws IOException {
    try (Log log = new Log();
        LogCursor cursor = LogReader.of(log.directory()).withLineBytesMax(1 << 20).lastLines(0)) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < pieces.size(); i++) {
        log.add(pieces.get(i));
        if (looks.get(i)) {
          seen.addAll(finished(cursor));
        }
      }
      seen.addAll(read(cursor));
      assertThat(seen).isEqualTo(split(log.text.toString()));
      assertThat(cursor.gaps()).isZero();
    }
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static List<String> read(LogCursor cursor) throws IOException {
    List<String> lines = finished(cursor);
    cursor.unfinished().forEach(line -> lines.add(text(line)));
    return lines;
  }

  private static List<String> finished(LogCursor cursor) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
      lines.add(text(line.get()));
    }
    return lines;
  }

  private static String text(LogLine line) {
    return new String(line.whole().bytes(), StandardCharsets.ISO_8859_1);
  }

  /** A directory and what was written into it. */
  private static final class Log implements AutoCloseable {
    private final LogFiles files;
    private final StringBuilder text = new StringBuilder();

    Log() throws IOException {
      files = new LogFiles(Files.createTempDirectory("log"));
    }

    Path directory() {
      return files.directory();
    }

    void add(Piece piece) {
      text.append(piece.text());
      files.append(piece.text().getBytes(StandardCharsets.ISO_8859_1));
      switch (piece.fate()) {
        case PLAIN -> files.rotate();
        case COMPRESSED -> {
          try {
            LogFiles.compress(files.rotate());
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
        case STAYS_CURRENT -> {}
      }
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> all = Files.walk(files.directory())) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
