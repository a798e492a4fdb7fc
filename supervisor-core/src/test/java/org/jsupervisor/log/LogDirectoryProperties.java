package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;

/**
 * Whatever the bytes and however they are cut into calls, the files have them in order, all of
 * them.
 */
class LogDirectoryProperties {
  private static final Map<Timestamps, Integer> STAMP_LENGTHS =
      Map.of(
          Timestamps.NONE,
          0,
          Timestamps.ISO_8601,
          "2026-11-21T08:15:30.123Z ".length(),
          Timestamps.TAI64N,
          "@400000006920201c075bca0a ".length());

  @Property(tries = 300)
  void bytes_areKeptExactly_whateverTheChunks(
      @ForAll Timestamps timestamps,
      @ForAll @Size(max = 40) List<byte[]> chunks,
      @ForAll @IntRange(min = 1, max = 200) int repeats)
      throws IOException {
    Path directory = Files.createTempDirectory("log");
    try {
      LogSpec spec = new LogSpec(directory, LogSpec.FILE_BYTES_MIN, 10_000, timestamps);
      StringBuilder input = new StringBuilder();
      try (LogDirectory log = new LogFixture().open(spec)) {
        for (byte[] chunk : chunks) {
          String text = new String(chunk, StandardCharsets.ISO_8859_1).repeat(repeats);
          input.append(text);
          ByteBuffer buffer = LogFixture.bytes(text);
          log.accept(FIRST, buffer);
          assertThat(buffer.hasRemaining()).isFalse();
        }
      }
      assertThat(stripped(directory, timestamps)).isEqualTo(finished(input.toString()));
      assertThat(LogFixture.files(directory))
          .allSatisfy(
              file ->
                  assertThat(LogFixture.content(file).length())
                      .isLessThanOrEqualTo((int) LogSpec.FILE_BYTES_MIN));
    } finally {
      LogFixture.delete(directory);
    }
  }

  @Property(tries = 30)
  void all256Values_areKept(@ForAll @IntRange(min = 1, max = 256) int chunkLength)
      throws IOException {
    Path directory = Files.createTempDirectory("log");
    try {
      byte[] all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      LogSpec spec = new LogSpec(directory, LogSpec.FILE_BYTES_MIN, 10, Timestamps.NONE);
      try (LogDirectory log = new LogFixture().open(spec)) {
        for (int from = 0; from < all.length; from += chunkLength) {
          int length = Math.min(chunkLength, all.length - from);
          ByteBuffer direct = ByteBuffer.allocateDirect(length).put(all, from, length).flip();
          log.accept(FIRST, direct);
        }
      }
      String expected = new String(all, StandardCharsets.ISO_8859_1) + "\n";
      assertThat(LogFixture.allContent(directory)).isEqualTo(expected);
    } finally {
      LogFixture.delete(directory);
    }
  }

  private static String finished(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private static String stripped(Path directory, Timestamps timestamps) {
    String text = LogFixture.allContent(directory);
    int length = STAMP_LENGTHS.get(timestamps);
    return Pattern.compile("(?<=\n)")
        .splitAsStream(text)
        .filter(line -> !line.isEmpty())
        .map(line -> line.substring(length))
        .collect(Collectors.joining());
  }
}
