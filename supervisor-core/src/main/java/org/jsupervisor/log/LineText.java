package org.jsupervisor.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes of a child as text that cannot harm a terminal or forge a line of a log. */
final class LineText {
  private LineText() {}

  /** The bytes from this one on. */
  static String of(byte[] bytes, int from) {
    ByteBuffer input = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer decoded = CharBuffer.allocate(input.remaining());
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    StringBuilder text = new StringBuilder(input.remaining());
    CoderResult result = decoder.decode(input, decoded, true);
    appendTaken(text, decoded);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        appendByte(text, input.get());
      }
      result = decoder.decode(input, decoded, true);
      appendTaken(text, decoded);
    }
    return text.toString();
  }

  private static void appendTaken(StringBuilder text, CharBuffer decoded) {
    decoded.flip();
    decoded.codePoints().forEach(character -> append(text, character));
    decoded.clear();
  }

  private static void append(StringBuilder text, int character) {
    boolean isPlain = character >= ' ' && character < 0x7f;
    if (isPlain || character == '\t') {
      text.append((char) character);
    } else if (character < 0x80) {
      appendByte(text, (byte) character);
    } else if (isShown(character)) {
      text.appendCodePoint(character);
    } else {
      text.append("\\u{").append(Integer.toHexString(character)).append('}');
    }
  }

  /** Whether it has a shape of its own: neither control nor format, nor anything unknown. */
  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static void appendByte(StringBuilder text, byte value) {
    text.append("\\x")
        .append(Character.forDigit((value >> 4) & 0xf, 16))
        .append(Character.forDigit(value & 0xf, 16));
  }
}
