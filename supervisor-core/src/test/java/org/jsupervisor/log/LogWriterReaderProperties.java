package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;

/** The writer and a reader that follows it, against a plain text: whatever happens to the files. */
class LogWriterReaderProperties {
  /** What happens next. */
  private enum Deed {
    FIRST_WRITES,
    SECOND_WRITES,
    ROTATES,
    CLOCK_GOES_BACK,
    CLOCK_GOES_ON,
    OPENS_ANEW,
    OLDEST_IS_COMPRESSED,
    NEWEST_IS_COMPRESSED,
    OLDEST_READ_IS_DELETED,
    LOOKS
  }

  private record Step(Deed deed, String text) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab\n\0\u00ff").ofMinLength(1).ofMaxLength(12),
            Arbitraries.of(
                "a\n", "\n", "b".repeat(4095) + "\n", "c".repeat(4096), "d\n".repeat(3000)));
    return Combinators.combine(Arbitraries.of(Deed.class), text).as(Step::new).list().ofMaxSize(40);
  }

  @Property(tries = 150)
  void lines_areThoseOfThePlainText(
      @ForAll("steps") @Size(max = 40) List<Step> steps,
      @ForAll Timestamps timestamps,
      @ForAll @IntRange(min = 1, max = 5000) int last)
      throws IOException {
    Path directory = Files.createTempDirectory("log");
    try (Run run = new Run(directory, timestamps)) {
      for (Step step : steps) {
        run.take(step);
      }
      run.log.close();
      run.look();
      List<String> all = run.expected();
      assertThat(run.seen).isEqualTo(all);
      assertThat(run.cursor.unfinished()).isEmpty();
      assertThat(run.cursor.gaps()).isZero();
      if (!run.deleted) {
        try (LogCursor again = LogReader.of(directory).lastLines(last)) {
          assertThat(lines(again))
              .isEqualTo(all.subList(Math.max(0, all.size() - last), all.size()));
        }
      }
    } finally {
      LogFixture.delete(directory);
    }
  }

  private static List<String> lines(LogCursor cursor) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
      lines.add(new String(line.get().message().bytes(), StandardCharsets.ISO_8859_1));
    }
    return lines;
  }

  /** A writer, a reader, and what is known to be right. */
  private static final class Run implements AutoCloseable {
    private final LogFixture clock = new LogFixture();
    private final Path directory;
    private final LogSpec spec;
    private final LogCursor cursor;
    private final List<String> seen = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private LogDirectory log;
    private OutputSource writer = LogFixture.FIRST;
    private int seconds;
    private boolean deleted;

    Run(Path directory, Timestamps timestamps) throws IOException {
      this.directory = directory;
      this.spec = new LogSpec(directory, LogSpec.FILE_BYTES_MIN, 10_000, timestamps);
      this.log = clock.open(spec);
      this.cursor = LogReader.of(directory).all();
    }

    void take(Step step) throws IOException {
      switch (step.deed()) {
        case FIRST_WRITES -> write(LogFixture.FIRST, step.text());
        case SECOND_WRITES -> write(LogFixture.SECOND, step.text());
        case ROTATES -> log.rotate();
        case CLOCK_GOES_BACK -> setClock(-100);
        case CLOCK_GOES_ON -> setClock(7);
        case OPENS_ANEW -> {
          log.close();
          endLine();
          log = clock.open(spec);
        }
        case OLDEST_IS_COMPRESSED -> compress(0);
        case NEWEST_IS_COMPRESSED -> compress(Integer.MAX_VALUE);
        case OLDEST_READ_IS_DELETED -> deleteOldest();
        case LOOKS -> look();
      }
    }

    private void setClock(int more) {
      seconds += more;
      clock.set(
          java.time.Instant.parse("2026-11-21T08:15:30.123Z").plusSeconds(seconds).toString());
    }

    private void write(OutputSource source, String bytes) throws IOException {
      if (!source.equals(writer)) {
        endLine();
      }
      writer = source;
      text.append(bytes);
      log.accept(source, LogFixture.bytes(bytes));
    }

    private void endLine() {
      if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
        text.append('\n');
      }
    }

    private List<Path> olds() {
      return LogFixture.files(directory).stream()
          .filter(file -> file.getFileName().toString().startsWith("@"))
          .toList();
    }

    private void compress(int which) throws IOException {
      List<Path> plain = olds().stream().filter(file -> !file.toString().endsWith(".gz")).toList();
      if (!plain.isEmpty()) {
        Path unused = LogFiles.compress(plain.get(Math.min(which, plain.size() - 1)));
      }
    }

    /** The reader is at its end then, in the file that is written or the newest of the old. */
    private void deleteOldest() throws IOException {
      look();
      List<Path> olds = olds();
      if (olds.size() > 1) {
        Files.delete(olds.get(0));
        deleted = true;
      }
    }

    void look() throws IOException {
      seen.addAll(lines(cursor));
    }

    List<String> expected() {
      endLine();
      return text.isEmpty()
          ? List.of()
          : List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }

    @Override
    public void close() throws IOException {
      cursor.close();
    }
  }
}
