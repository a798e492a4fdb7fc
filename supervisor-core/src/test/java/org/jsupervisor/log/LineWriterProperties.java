package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jsupervisor.spec.LineRule;
import org.jsupervisor.spec.LogSpec;

/** The writer of lines against a simple one that has the whole text at once. */
class LineWriterProperties {
  private static final String STAMP = "2026-11-21T08:15:30.123Z ";
  private static final String PREFIX = "web: ";

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> lines =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.strings().withChars("ab\u00e9\u00ff \u0000").ofMaxLength(60)),
            Tuple.of(2, Arbitraries.strings().withChars("ab").ofMinLength(40).ofMaxLength(300)),
            Tuple.of(1, Arbitraries.strings().withChars("ab").ofMinLength(900).ofMaxLength(3000)));
    return lines.list().ofMaxSize(40).map(list -> String.join("\n", list));
  }

  @Provide
  Arbitrary<List<LineRule>> rules() {
    Arbitrary<String> patterns =
        Arbitraries.of("*", "a*", "*a", "*b*a*", "", "ab", "*a*b*a*b*", "* *", "**b");
    return patterns
        .flatMap(
            pattern ->
                Arbitraries.of(LineRule.Action.class).map(action -> new LineRule(action, pattern)))
        .list()
        .ofMaxSize(4);
  }

  @Property(tries = 300)
  void lines_areThoseOfTheSimpleWriter_whateverTheChunks(
      @ForAll("texts") String text,
      @ForAll("rules") List<LineRule> rules,
      @ForAll @IntRange(min = 48, max = 400) int lineMax,
      @ForAll @IntRange(min = 1, max = 700) int chunk)
      throws IOException {
    Path directory = Files.createTempDirectory("log");
    try {
      LogSpec.Builder spec =
          LogSpec.builder(directory)
              .withFileBytesMax(LogSpec.FILE_BYTES_MIN)
              .withOldFilesMax(10_000)
              .withLineBytesMax(lineMax)
              .withPrefix(PREFIX);
      rules.forEach(spec::addSelection);
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      try (LogDirectory log = new LogFixture().open(spec.build())) {
        for (int from = 0; from < bytes.length; from += chunk) {
          int to = Math.min(bytes.length, from + chunk);
          String part = text.substring(from, to);
          log.accept(FIRST, LogFixture.bytes(part));
        }
      }
      assertThat(LogFixture.allContent(directory)).isEqualTo(expected(text, rules, lineMax));
      assertThat(LogFixture.files(directory))
          .allSatisfy(
              file -> assertThat(Files.size(file)).isLessThanOrEqualTo(LogSpec.FILE_BYTES_MIN));
    } finally {
      LogFixture.delete(directory);
    }
  }

  private static String expected(String text, List<LineRule> rules, int lineMax) {
    StringBuilder out = new StringBuilder();
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    for (String line : lines) {
      if (!keeps(line, rules)) {
        continue;
      }
      out.append(STAMP).append(PREFIX);
      String rest = line;
      while (rest.length() > lineMax) {
        out.append(rest, 0, lineMax).append(" +++\n").append(STAMP).append(PREFIX).append("+++ ");
        rest = rest.substring(lineMax);
      }
      out.append(rest).append('\n');
    }
    return out.toString();
  }

  private static boolean keeps(String line, List<LineRule> rules) {
    boolean keeps = true;
    String deciding = line.substring(0, Math.min(line.length(), LineRule.DECIDING_BYTES));
    for (LineRule rule : rules) {
      List<String> literals = List.of(rule.pattern().split("\\*", -1));
      String regex = String.join(".*", literals.stream().map(Pattern::quote).toList());
      if (Pattern.compile(regex, Pattern.DOTALL).matcher(deciding).matches()) {
        keeps = rule.action() == LineRule.Action.SELECT;
      }
    }
    return keeps;
  }

  @Property(tries = 200)
  void newline_isFoundWhereItIs(@ForAll byte[] bytes, @ForAll @IntRange(max = 20) int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int start = Math.min(from, bytes.length);
    int expected = start;
    while (expected < bytes.length && bytes[expected] != '\n') {
      expected++;
    }
    assertThat(Newlines.first(buffer, start, bytes.length)).isEqualTo(expected);
  }

  @Property(tries = 300)
  void newline_isFoundAmongItsNeighbours(
      @ForAll("nearNewlines") List<Byte> values, @ForAll @IntRange(max = 9) int from) {
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = values.get(i);
    }
    newline_isFoundWhereItIs(bytes, from);
  }

  @Provide
  Arbitrary<List<Byte>> nearNewlines() {
    return Arbitraries.of((byte) 9, (byte) 10, (byte) 11, (byte) 0x8a, (byte) 0, (byte) -1)
        .list()
        .ofMaxSize(40);
  }
}
