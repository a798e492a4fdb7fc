package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F34: the host dies at each step, one after the other, and at each no line is lost or doubled. */
class LogCrashTest {
  private static final int BATCHES = 5;
  private static final int LINES_OF_BATCH = 100;
  private static final String FILLER = "-".repeat(20);

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "NONE, none",
    "ISO_8601, none",
    "NONE, gzip",
    "TAI64N, gzip",
    "NONE, command",
    "ISO_8601, command"
  })
  void f34_deathAtAnyStep_neitherLosesNorDoublesALine(Timestamps timestamps, String processing)
      throws IOException {
    int steps = 0;
    while (dies(steps, timestamps, processing)) {
      steps++;
    }
    // Opening alone has more steps than ten, and there are rotations behind it.
    assertThat(steps).isGreaterThan(30);
  }

  private static LogProcessing processing(String name) {
    return switch (name) {
      case "none" -> LogProcessing.none();
      case "gzip" -> LogProcessing.gzip();
      default -> LogProcessing.command(List.of("cat"));
    };
  }

  private boolean dies(int steps, Timestamps timestamps, String processing) throws IOException {
    Path directory = root.resolve("log" + steps);
    LogSpec spec =
        LogSpec.builder(directory)
            .withFileBytesMax(LogSpec.FILE_BYTES_MIN)
            .withOldFilesMax(1000)
            .withTimestamps(timestamps)
            .withProcessing(processing(processing))
            .build();
    LogFixture clock = new LogFixture();
    MortalFiles host = new MortalFiles(steps);
    LogDirectory first = new LogDirectory(spec, clock.context(host));
    int accepted = 0;
    boolean died = false;
    try {
      while (accepted < BATCHES * LINES_OF_BATCH) {
        first.accept(FIRST, bytes(batch(accepted)));
        accepted += LINES_OF_BATCH;
      }
      first.close();
    } catch (MortalFiles.Death death) {
      died = true;
    } finally {
      host.closeAll();
    }
    String where = processing + " " + timestamps + ", died at step " + steps;
    if (Files.exists(directory)) {
      assertThat(namesByLabel(directory).values().stream().filter(n -> n.size() > 1).count())
          .as("files to be repaired: " + where)
          .isLessThanOrEqualTo(1);
      check(linesOf(directory), accepted, where);
    }
    try (LogDirectory second = clock.open(spec)) {
      second.accept(FIRST, bytes("last line\n"));
    }
    List<String> lines = linesOf(directory);
    assertThat(lines.remove(lines.size() - 1)).as(where).isEqualTo("last line");
    check(lines, accepted, where);
    assertThat(namesByLabel(directory).values()).as(where).allMatch(names -> names.size() == 1);
    LogFixture.delete(directory);
    return died;
  }

  private static String batch(int from) {
    StringBuilder batch = new StringBuilder();
    for (int i = from; i < from + LINES_OF_BATCH; i++) {
      batch.append("line ").append(i).append(FILLER).append('\n');
    }
    return batch.toString();
  }

  /** All that was accepted is there, and behind it a part of the batch that was under way. */
  private static void check(List<String> lines, int accepted, String where) {
    assertThat(lines.size()).as(where).isBetween(accepted, accepted + LINES_OF_BATCH);
    for (int i = 0; i < lines.size(); i++) {
      String whole = "line " + i + FILLER;
      if (i == lines.size() - 1 && i >= accepted) {
        assertThat(whole).as(where).startsWith(lines.get(i));
      } else {
        assertThat(lines.get(i)).as(where).isEqualTo(whole);
      }
    }
  }

  /** Of the old files: several may have one label, of which one has come furthest. */
  static Map<String, List<String>> namesByLabel(Path directory) {
    Map<String, List<String>> names = new TreeMap<>();
    for (Path file : LogFixture.files(directory)) {
      String name = file.getFileName().toString();
      if (name.startsWith("@")) {
        names.computeIfAbsent(name.substring(0, Tai64n.LENGTH), l -> new ArrayList<>()).add(name);
      }
    }
    return names;
  }

  /** As docs/logs.md says it is to be read: of each label the file that has come furthest. */
  private static List<String> linesOf(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    for (List<String> names : namesByLabel(directory).values()) {
      String furthest =
          names.stream()
              .filter(name -> !name.endsWith(".t"))
              .max(Comparator.comparing(name -> OldName.parse(name).orElseThrow().state()))
              .orElseThrow();
      Path file = directory.resolve(furthest);
      text.append(furthest.endsWith(".gz") ? LogProcessingTest.unzipped(file) : content(file));
    }
    Path current = directory.resolve("current");
    text.append(Files.exists(current) ? content(current) : "");
    List<String> lines = new ArrayList<>();
    for (String line : text.toString().lines().toList()) {
      lines.add(line.replaceFirst("^(2[-0-9T:.]*Z?|@[0-9a-f]*) ?", ""));
    }
    return lines;
  }
}
