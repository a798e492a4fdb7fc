package org.jsupervisor.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One record of RFC 5424, whatever is in its texts: they cannot end it, nor begin another one.
 *
 * @param severity how bad it is
 * @param time when it came
 * @param appName who it is from
 * @param processId the PROCID
 * @param messageId what kind of message it is
 * @param data the parameters of the structured data, in their order
 */
record SyslogRecord(
    SyslogSeverity severity,
    Instant time,
    String appName,
    String processId,
    String messageId,
    Map<String, String> data) {
  /** The shortest limit of a record: the longest header, and room for some text. */
  static final int BYTES_MIN = 1024;

  private static final int PROCESS_ID_MAX = 128;
  private static final int MESSAGE_ID_MAX = 32;
  private static final int VALUE_BYTES_MAX = 128;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** All that comes before the text. */
  String header(SyslogFormat format) {
    StringBuilder header = new StringBuilder(256);
    header.append('<').append(format.facility().priority(severity)).append(">1 ");
    TIME.formatTo(time, header);
    header.append(' ').append(format.hostName()).append(' ');
    header
        .append(format.appName().orElseGet(() -> plain(appName, SyslogFormat.APP_NAME_MAX)))
        .append(' ')
        .append(plain(processId, PROCESS_ID_MAX))
        .append(' ')
        .append(plain(messageId, MESSAGE_ID_MAX))
        .append(" [")
        .append(format.dataId());
    data.forEach((name, value) -> appendValue(header.append(' ').append(name), value));
    header.append("] ");
    return switch (format.encoding()) {
      case UTF_8 -> header.toString();
      case UTF_8_MARKED -> header.append(BYTE_ORDER_MARK).toString();
    };
  }

  private static String plain(String text, int most) {
    return SyslogFormat.plain(text, most);
  }

  private static void appendValue(StringBuilder header, String value) {
    header.append("=\"");
    String shown = pieces(shown(value), VALUE_BYTES_MAX).get(0);
    shown
        .codePoints()
        .forEach(
            character -> {
              if (character == '"' || character == '\\' || character == ']') {
                header.append('\\');
              }
              header.appendCodePoint(character);
            });
    header.append('"');
  }

  /** A text of ours or of others without what could forge a line. */
  static String shown(String text) {
    return LineText.of(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** The record; the text must be shown as {@link #shown} does. */
  ByteBuffer bytes(SyslogFormat format, String text) {
    return ByteBuffer.wrap((header(format) + text).getBytes(StandardCharsets.UTF_8));
  }

  /** How many bytes of text there is room for. */
  int room(SyslogFormat format, int recordBytesMax) {
    return recordBytesMax - utf8Bytes(header(format));
  }

  /**
   * The text in pieces of at most so many bytes of UTF-8, no character cut in two; at least one.
   */
  static List<String> pieces(String text, int bytesMax) {
    List<String> pieces = new ArrayList<>(1);
    int begin = 0;
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int more = utf8Bytes(character);
      if (bytes + more > bytesMax) {
        pieces.add(text.substring(begin, at));
        begin = at;
        bytes = 0;
      }
      bytes += more;
      at += Character.charCount(character);
    }
    pieces.add(text.substring(begin));
    return pieces;
  }

  private static int utf8Bytes(String text) {
    return text.codePoints().map(SyslogRecord::utf8Bytes).sum();
  }

  private static int utf8Bytes(int character) {
    if (character < 0x80) {
      return 1;
    }
    return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }
}
