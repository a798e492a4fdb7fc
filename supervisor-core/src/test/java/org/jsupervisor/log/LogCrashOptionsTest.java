package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.spec.LineRule;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F34 with all options together, with lines that are longer than a file, and cut anywhere into
 * calls: the host dies at each step, and then once more at each step of the repair.
 */
class LogCrashOptionsTest {
  private static final int LINE_MAX = 60;
  private static final int CHUNK = 1000;
  private static final int REPAIR_STEPS = 16;
  private static final String LAST = "last line";
  private static final Pattern LINES = Pattern.compile("(?<=\n)");
  private static final String TEXT = text();

  @TempDir Path root;
  private final LogFixture clock = new LogFixture();

  /** What a directory is to be like. */
  private record Options(
      Timestamps timestamps,
      boolean cutsLines,
      boolean selects,
      boolean compresses,
      LogSync sync,
      boolean limitsTotal) {
    LogSpec spec(Path directory) {
      LogSpec.Builder spec =
          LogSpec.builder(directory)
              .withFileBytesMax(LogSpec.FILE_BYTES_MIN)
              .withTimestamps(timestamps)
              .withSync(sync);
      if (cutsLines) {
        spec.withLineBytesMax(LINE_MAX);
      }
      if (selects) {
        spec.addSelection(LineRule.deselect("drop*"));
      }
      if (compresses) {
        spec.withProcessing(LogProcessing.gzip());
      }
      if (limitsTotal) {
        spec.withOldBytesMax(compresses ? LogSpec.FILE_BYTES_MIN : 2 * LogSpec.FILE_BYTES_MIN);
      }
      return spec.build();
    }
  }

  static Stream<Options> all() {
    List<Options> all = new ArrayList<>();
    for (Timestamps timestamps : Timestamps.values()) {
      for (LogSync sync : List.of(LogSync.onRotation(), LogSync.never(), LogSync.everyWrite())) {
        for (int bits = 0; bits < 16; bits++) {
          all.add(
              new Options(
                  timestamps,
                  (bits & 1) != 0,
                  (bits & 2) != 0,
                  (bits & 4) != 0,
                  sync,
                  (bits & 8) != 0));
        }
      }
    }
    // All of them take a minute; these have each two options together.
    return IntStream.range(0, all.size()).filter(i -> i % 11 == 0).mapToObj(all::get);
  }

  private static String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      text.append(i % 7 == 3 ? "drop " : "line ").append(i).append("-".repeat(20)).append('\n');
      if (i % 50 == 20) {
        text.append("long ").append(i).append("=".repeat(5000)).append('\n');
      }
    }
    return text.append("half").toString();
  }

  @ParameterizedTest
  @MethodSource("all")
  void f34_deathAtAnyStep_neitherLosesNorDoublesALine_norMixesTwo(Options options)
      throws IOException {
    int steps = 0;
    while (dies(steps, Integer.MAX_VALUE, options)) {
      steps++;
    }
    assertThat(steps).isGreaterThan(20);
    if (options.compresses() && options.sync() instanceof LogSync.OnRotation) {
      for (int first = 0; first < steps; first += 6) {
        for (int second = 0; second < REPAIR_STEPS; second++) {
          dies(first, second, options);
        }
      }
    }
  }

  private boolean dies(int steps, int stepsOfRepair, Options options) throws IOException {
    String where = options + ", died at step " + steps + ", then at step " + stepsOfRepair;
    Path directory = root.resolve("log");
    LogSpec spec = options.spec(directory);
    int accepted = 0;
    boolean died = false;
    MortalFiles host = new MortalFiles(steps);
    LogDirectory log = new LogDirectory(spec, clock.context(host));
    try {
      while (accepted < TEXT.length()) {
        int to = Math.min(TEXT.length(), accepted + CHUNK);
        log.accept(FIRST, bytes(TEXT.substring(accepted, to)));
        accepted = to;
      }
      log.close();
    } catch (MortalFiles.Death death) {
      died = true;
    } finally {
      host.closeAll();
    }
    check(directory, accepted, options, where);
    if (stepsOfRepair < Integer.MAX_VALUE) {
      repairUntil(stepsOfRepair, spec);
      check(directory, accepted, options, where);
    }
    List<String> before = lines(directory);
    FileOperations immortal = new MortalFiles(Integer.MAX_VALUE);
    try (LogDirectory next = new LogDirectory(spec, clock.context(immortal))) {
      next.accept(FIRST, bytes(LAST + "\n"));
    }
    // Of a line that fills an unsafe file, only the newline may be in the next one.
    List<String> after = lines(directory);
    after.removeIf(String::isEmpty);
    checkGrown(before, after, where);
    assertThat(LogCrashTest.namesByLabel(directory).values())
        .as(where)
        .allMatch(names -> names.size() == 1);
    LogFixture.delete(directory);
    return died;
  }

  /** The oldest may have gone, and of one of them only the end be left. */
  private static void checkGrown(List<String> before, List<String> after, String where) {
    assertThat(after.get(after.size() - 1)).as(where).endsWith(LAST);
    int gone = before.size() - (after.size() - 1);
    assertThat(gone).as(where + ": " + before + after).isNotNegative();
    for (int i = 0; i < after.size() - 1; i++) {
      String line = before.get(gone + i);
      assertThat(after.get(i))
          .as(where)
          .isEqualTo(i == 0 && gone > 0 ? tail(line, after.get(i)) : line);
    }
  }

  private static String tail(String line, String end) {
    return line.substring(Math.max(0, line.length() - end.length()));
  }

  /** Opens it, touches nothing else. */
  private void repairUntil(int steps, LogSpec spec) throws IOException {
    MortalFiles host = new MortalFiles(steps);
    try {
      CurrentFile.open(spec, clock.context(host));
    } catch (MortalFiles.Death death) {
      // As it is to be.
    } finally {
      host.closeAll();
    }
  }

  /** The files have what was accepted, byte for byte, but for what retention has deleted. */
  private void check(Path directory, int accepted, Options options, String where)
      throws IOException {
    if (Files.notExists(directory)) {
      assertThat(accepted).as(where).isZero();
      return;
    }
    Map<String, List<String>> names = LogCrashTest.namesByLabel(directory);
    assertThat(names.values().stream().filter(each -> each.size() > 1).count())
        .as("files to be repaired: " + where)
        .isLessThanOrEqualTo(1);
    String there = stripped(contentOf(directory, names));
    String wanted = rendered(TEXT, options) + "\n";
    int at = options.limitsTotal() ? wanted.lastIndexOf(there) : wanted.startsWith(there) ? 0 : -1;
    assertThat(at).as(where).isNotNegative();
    int whole = TEXT.lastIndexOf('\n', accepted - 1) + 1;
    String least = rendered(TEXT.substring(0, options.selects() ? whole : accepted), options);
    assertThat(at + there.length()).as(where).isGreaterThanOrEqualTo(least.length());
  }

  private String rendered(String text, Options options) {
    StringBuilder out = new StringBuilder();
    for (String line : LINES.splitAsStream(text).toList()) {
      if (options.selects() && line.startsWith("drop")) {
        continue;
      }
      String rest = line.stripTrailing();
      out.append(line.isEmpty() ? "" : "@");
      while (options.cutsLines() && rest.length() > LINE_MAX) {
        out.append(rest, 0, LINE_MAX).append(" +++\n@+++ ");
        rest = rest.substring(LINE_MAX);
      }
      out.append(rest).append(line.endsWith("\n") ? "\n" : "");
    }
    return options.timestamps() == Timestamps.NONE
        ? out.toString().replace("@", "")
        : out.toString();
  }

  /** The clock stands, so a timestamp is always the same; at the end there may be a part of one. */
  private String stripped(String text) {
    String label = new Tai64n(clock.instant()) + " ";
    String iso = clock.instant() + " ";
    String marked = text.replace(label, "@").replace(iso, "@");
    for (String stamp : List.of(label, iso)) {
      for (int length = stamp.length() - 1; length > 0; length--) {
        if (marked.endsWith("\n" + stamp.substring(0, length))) {
          return marked.substring(0, marked.length() - length);
        }
      }
    }
    return marked;
  }

  private static String contentOf(Path directory, Map<String, List<String>> names)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (List<String> same : names.values()) {
      String first = same.stream().filter(name -> !name.endsWith(".t")).findFirst().orElseThrow();
      Path file = directory.resolve(first);
      text.append(first.endsWith(".gz") ? LogProcessingTest.unzipped(file) : content(file));
    }
    Path current = directory.resolve("current");
    return text.append(Files.exists(current) ? content(current) : "").toString();
  }

  /** As the reader has them, those that are not finished too. */
  private static List<String> lines(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LogCursor cursor = LogReader.of(directory).all()) {
      LogFiles.drain(cursor).forEach(line -> lines.add(line.replaceFirst("~$", "")));
    }
    return lines;
  }
}
