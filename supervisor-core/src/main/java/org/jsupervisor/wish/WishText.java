package org.jsupervisor.wish;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;

/**
 * The text of a wish file, for people to read and for nobody to write by hand:
 *
 * <pre>
 * supervisor wishes 1
 * down 2026-11-22T03:00:00Z web the disk is being replaced
 * end 1 1f2e3d4c
 * </pre>
 *
 * <p>The last line has the number of wishes and the CRC-32C of all that stands before it, so that a
 * file that is torn, or in which a bit has flipped, is never taken for a good one.
 */
final class WishText {
  /** The first line; a later format has another number. */
  private static final String KIND = "supervisor wishes ";

  private static final String VERSION = "1";
  private static final int FIELDS = 4;

  private WishText() {}

  /** Why a text is not one of ours. */
  static final class BadTextException extends Exception {
    private static final long serialVersionUID = 1;

    BadTextException(String message) {
      super(message);
    }
  }

  static byte[] of(Collection<Wish> wishes) {
    StringBuilder text = new StringBuilder(KIND).append(VERSION).append('\n');
    for (Wish wish : wishes) {
      text.append(wish.desire().name().toLowerCase(Locale.ROOT)).append(' ');
      text.append(wish.since()).append(' ').append(wish.child()).append(' ');
      text.append(wish.reason()).append('\n');
    }
    return text.append(end(wishes.size(), text.toString()))
        .toString()
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String end(int count, String before) {
    CRC32C sum = new CRC32C();
    sum.update(before.getBytes(StandardCharsets.ISO_8859_1));
    return "end " + count + " " + String.format(Locale.ROOT, "%08x", sum.getValue()) + "\n";
  }

  static List<Wish> read(byte[] content) throws BadTextException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    checkVersion(text);
    int body = text.lastIndexOf('\n', text.length() - 2) + 1;
    String before = text.substring(0, body);
    List<Wish> wishes = new ArrayList<>();
    String[] lines = before.split("\n", -1);
    // Before the first is the version, behind the last newline is nothing.
    for (int line = 1; line < lines.length - 1; line++) {
      wishes.add(wish(lines[line], line + 1));
    }
    if (!text.substring(body).equals(end(wishes.size(), before))) {
      throw new BadTextException("must end with the right count and checksum: it is torn");
    }
    return wishes;
  }

  private static void checkVersion(String text) throws BadTextException {
    int end = text.indexOf('\n');
    if (end < 0 || !text.startsWith(KIND)) {
      throw new BadTextException("must begin with '" + KIND + VERSION + "'");
    }
    String version = text.substring(KIND.length(), end);
    if (!version.equals(VERSION)) {
      throw new BadTextException(
          "must have format version " + VERSION + ", was '" + printable(version) + "'");
    }
  }

  private static String printable(String version) {
    String shown = version.replaceAll("[^\\x20-\\x7e]", "?");
    return shown.substring(0, Math.min(shown.length(), 20));
  }

  private static Wish wish(String line, int number) throws BadTextException {
    String[] fields = line.split(" ", FIELDS);
    if (fields.length < FIELDS) {
      throw new BadTextException("line " + number + ": must be 'up|down TIME CHILD REASON'");
    }
    try {
      Desire desire = Desire.valueOf(fields[0].toUpperCase(Locale.ROOT));
      return new Wish(ChildId.of(fields[2]), desire, Instant.parse(fields[1]), fields[3]);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new BadTextException("line " + number + ": " + e.getMessage());
    }
  }
}
