package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Lines in are lines out, wherever the bytes are cut into buffers. */
class LineBufferProperties {
  @Provide
  Arbitrary<byte[]> output() {
    // Newlines often enough, and every other value too.
    return Arbitraries.bytes()
        .edgeCases(edges -> edges.add((byte) '\n', (byte) 0, (byte) -1))
        .array(byte[].class)
        .ofMaxSize(60)
        .map(LineBufferProperties::withNewlines);
  }

  private static byte[] withNewlines(byte[] bytes) {
    byte[] result = bytes.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] % 5 == 0 ? (byte) '\n' : result[i];
    }
    return result;
  }

  /** Cuts at every place, into buffers with and without an array behind them. */
  private static List<ByteBuffer> cut(byte[] bytes, int length) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += length) {
      int size = Math.min(length, bytes.length - from);
      buffers.add(
          from / length % 2 == 0
              ? ByteBuffer.wrap(bytes, from, size).slice()
              : ByteBuffer.allocateDirect(size).put(bytes, from, size).flip());
    }
    return buffers;
  }

  static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, from, i));
        from = i + 1;
      }
    }
    lines.add(Arrays.copyOfRange(bytes, from, bytes.length));
    return lines;
  }

  @Property
  void cutting_keepsTheBeginningOfEachLine_andCountsTheRest(
      @ForAll("output") byte[] bytes,
      @ForAll @IntRange(min = 1, max = 61) int chunk,
      @ForAll @IntRange(min = 1, max = 20) int bytesMax) {
    LineBuffer line = new LineBuffer(bytesMax);
    List<OutputLine> lines = new ArrayList<>();
    for (ByteBuffer buffer : cut(bytes, chunk)) {
      while (line.appendCutting(buffer) == LineBuffer.Progress.LINE) {
        lines.add(line.take(OutputLine.Ending.NEWLINE));
      }
      assertThat(buffer.hasRemaining()).isFalse();
    }
    lines.add(line.take(OutputLine.Ending.MISSING));
    List<byte[]> expected = split(bytes);
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      int kept = Math.min(bytesMax, expected.get(i).length);
      assertThat(lines.get(i).bytes()).isEqualTo(Arrays.copyOf(expected.get(i), kept));
      assertThat(lines.get(i).omittedBytes()).isEqualTo(expected.get(i).length - kept);
    }
  }

  @Property
  void parts_areAllBytes_andNoPartIsTooLong(
      @ForAll("output") byte[] bytes,
      @ForAll @IntRange(min = 1, max = 61) int chunk,
      @ForAll @IntRange(min = 4, max = 20) int bytesMax) {
    LineBuffer line = new LineBuffer(bytesMax);
    List<byte[]> lines = new ArrayList<>();
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (ByteBuffer buffer : cut(bytes, chunk)) {
      LineBuffer.Progress progress = line.append(buffer);
      while (progress != LineBuffer.Progress.WANTS_MORE) {
        if (progress == LineBuffer.Progress.LINE) {
          parts.writeBytes(line.take(OutputLine.Ending.NEWLINE).bytes());
          lines.add(parts.toByteArray());
          parts.reset();
        } else {
          OutputLine part = line.takePart();
          assertThat(part.length()).isBetween(bytesMax - 3, bytesMax);
          parts.writeBytes(part.bytes());
        }
        progress = line.append(buffer);
      }
    }
    parts.writeBytes(line.take(OutputLine.Ending.MISSING).bytes());
    lines.add(parts.toByteArray());
    assertThat(lines.toArray(byte[][]::new)).isDeepEqualTo(split(bytes).toArray(byte[][]::new));
  }

  @Property
  void parts_neverCutACharacter(
      @ForAll("text") String text, @ForAll @IntRange(min = 4, max = 20) int bytesMax) {
    LineBuffer line = new LineBuffer(bytesMax);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    StringBuilder parts = new StringBuilder();
    while (line.append(bytes) == LineBuffer.Progress.FULL) {
      parts.append(line.takePart().text());
    }
    parts.append(line.take(OutputLine.Ending.MISSING).text());
    assertThat(parts).hasToString(text);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings()
        .withChars("a\u00e9\u20ac")
        .ofMaxLength(60)
        .map(t -> t + "\ud83d\ude00" + t);
  }

  @Property
  void lineEnds_areTheLastOnes(
      @ForAll @IntRange(min = 0, max = 300) int count,
      @ForAll @IntRange(min = 1, max = 200) int sizeMax) {
    LineEnds ends = new LineEnds(sizeMax);
    for (int i = 0; i < count; i++) {
      ends.add(i);
    }
    for (int i = 1; i <= Math.min(count, sizeMax); i++) {
      assertThat(ends.isEmpty()).isFalse();
      assertThat(ends.takeLast()).isEqualTo(count - i);
    }
    assertThat(ends.isEmpty()).isTrue();
  }
}
