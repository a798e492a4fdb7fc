package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A record as a receiver reads it, by the grammar of RFC 5424, section 6. */
record Rfc5424(
    int facility,
    int severity,
    String time,
    String host,
    String app,
    String process,
    String message,
    String dataId,
    Map<String, String> data,
    String text) {
  private static final String NAME = "[!#-<>-\\\\^-~]{1,32}";
  private static final String VALUE = "(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*";
  private static final Pattern RECORD =
      Pattern.compile(
          "<(?<pri>0|[1-9][0-9]{0,2})>1"
              + " (?<time>-|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:\\d\\d))"
              + " (?<host>[!-~]{1,255}) (?<app>[!-~]{1,48}) (?<proc>[!-~]{1,128})"
              + " (?<msg>[!-~]{1,32})"
              + " \\[(?<id>"
              + NAME
              + ")(?<data>(?: "
              + NAME
              + "=\""
              + VALUE
              + "\")*)\\](?: (?<text>.*))?",
          Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile(" (" + NAME + ")=\"(" + VALUE + ")\"");

  static Rfc5424 parse(ByteBuffer datagram) {
    String all;
    try {
      all = StandardCharsets.UTF_8.newDecoder().decode(datagram.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("no UTF-8", e);
    }
    Matcher parts = RECORD.matcher(all);
    assertThat(parts.matches()).as("a record: %s", all).isTrue();
    int priority = Integer.parseInt(parts.group("pri"));
    assertThat(priority).isLessThanOrEqualTo(191);
    Map<String, String> data = new LinkedHashMap<>();
    Matcher parameters = PARAMETER.matcher(parts.group("data"));
    while (parameters.find()) {
      data.put(parameters.group(1), parameters.group(2).replaceAll("\\\\([\"\\\\\\]])", "$1"));
    }
    String text = parts.group("text");
    return new Rfc5424(
        priority / 8,
        priority % 8,
        parts.group("time"),
        parts.group("host"),
        parts.group("app"),
        parts.group("proc"),
        parts.group("msg"),
        parts.group("id"),
        data,
        text == null ? "" : text);
  }
}
