package org.jsupervisor.definition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the lines of a text file: UTF-8 without a byte order mark and without control characters
 * other than tabs, each line ended by a newline or by a carriage return and a newline. A file that
 * ends within a line may be half written, so it is refused, whatever its format says.
 */
public final class DefinitionText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** How much of a key is shown. */
  private static final int SHOWN_LENGTH_MAX = 100;

  private DefinitionText() {}

  /**
   * A line.
   *
   * @param number from 1
   * @param text without its end
   */
  public record Line(Path file, int number, String text) {
    /** Where it is, for problems and notes: {@code FILE:LINE}. */
    public String place() {
      return file + ":" + number;
    }

    /** Where it is, with the name of what is there, printable and bounded. */
    public String place(String key) {
      String printable = key.replaceAll("[^\\x20-\\x7e]", "?");
      String shown =
          printable.length() > SHOWN_LENGTH_MAX
              ? printable.substring(0, SHOWN_LENGTH_MAX)
              : printable;
      return place() + ": " + shown;
    }

    /** The same line with another text. */
    public Line with(String replacement) {
      return new Line(file, number, replacement);
    }
  }

  /**
   * All lines of a trusted file; empty, and problems, if it is not a text as above, cannot be
   * trusted, or has more bytes.
   */
  public static Optional<List<Line>> lines(
      Path file, int bytesMax, TrustedFiles files, Findings findings) {
    return files
        .readAll(file, bytesMax)
        .flatMap(content -> decode(file.toString(), content, findings))
        .flatMap(text -> lines(file, text, findings));
  }

  private static Optional<List<Line>> lines(Path file, String text, Findings findings) {
    int before = findings.count();
    checkEnds(file.toString(), text, findings);
    List<Line> lines = new ArrayList<>();
    String[] parts = text.split("\n", -1);
    // What is behind the last newline is empty, or told.
    for (int i = 0; i < parts.length - 1; i++) {
      String part = parts[i];
      Line line =
          new Line(file, i + 1, part.endsWith("\r") ? part.substring(0, part.length() - 1) : part);
      if (line.text().chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
        findings.problem(line.place(), "", "must not contain control characters other than tabs");
      }
      lines.add(line);
    }
    return findings.count() > before ? Optional.empty() : Optional.of(lines);
  }

  /** What is wrong with the beginning and the end of a text. */
  static void checkEnds(String file, String text, Findings findings) {
    if (text.isEmpty()) {
      return;
    }
    if (text.charAt(0) == BYTE_ORDER_MARK) {
      findings.problem(file + ":1", "", "must not begin with a byte order mark");
    }
    if (!text.endsWith("\n")) {
      long lines = text.chars().filter(c -> c == '\n').count() + 1;
      findings.problem(file + ":" + lines, "", "must end with a newline: it may be half written");
    }
  }

  /** The text of these bytes; empty, and a problem with its line, if they are none. */
  static Optional<String> decode(String file, byte[] content, Findings findings) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString());
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < bytes.position(); i++) {
        line += content[i] == '\n' ? 1 : 0;
      }
      findings.problem(file + ":" + line, "", "must be text in UTF-8");
      return Optional.empty();
    }
  }
}
