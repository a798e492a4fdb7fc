package org.jsupervisor.definition.own.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsupervisor.definition.Findings;

/** What all formats have in common: bytes that must be text in UTF-8, and how faults are told. */
final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final Findings findings;

  Utf8(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** The text; empty, and a problem, if it is none. */
  Optional<String> decode(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
      if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
        problem(1, "must not begin with a byte order mark");
        return Optional.empty();
      }
      return Optional.of(text);
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < bytes.position(); i++) {
        line += content[i] == '\n' ? 1 : 0;
      }
      problem(line, "must be text in UTF-8");
      return Optional.empty();
    }
  }

  /** A problem at a line, or of the whole file if that is 0. */
  void problem(int line, String rule) {
    findings.problem(line > 0 ? file + ":" + line : file, "", rule);
  }

  /** What a parser says, without the piece of the file in it, which may be a secret. */
  void syntax(int line, String format, String said) {
    String safe = said.lines().findFirst().orElse("").replaceAll("'[^']*'|\"[^\"]*\"", "...");
    problem(line, "must be " + format + ": " + safe);
  }

  /**
   * Whether a file of a format that does not tell where it ends does so with a line; a problem if
   * not: it may be half written.
   */
  boolean isWhole(String text) {
    boolean whole = text.isEmpty() || text.endsWith("\n") || text.endsWith("\r");
    if (!whole) {
      int lines = (int) text.lines().count();
      problem(lines, "must end with a newline: it may be half written");
    }
    return whole;
  }
}
