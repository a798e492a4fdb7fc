package org.jsupervisor.log;

import java.util.Arrays;

/**
 * One line that a program wrote: its bytes, exactly, without the newline. Immutable, thread-safe;
 * equal to what has the same bytes and marks.
 */
public final class OutputLine {
  /** How a line ends. */
  public enum Ending {
    /** With a newline, which is not part of the bytes. */
    NEWLINE,
    /** Without one: its writer has ended, or has not finished it yet. */
    MISSING
  }

  private final byte[] array;
  private final int from;
  private final long omittedBytes;
  private final Ending ending;

  /** A line that owns this array. */
  OutputLine(byte[] array, long omittedBytes, Ending ending) {
    this(array, 0, omittedBytes, ending);
  }

  private OutputLine(byte[] array, int from, long omittedBytes, Ending ending) {
    this.array = array;
    this.from = from;
    this.omittedBytes = omittedBytes;
    this.ending = ending;
  }

  /** The rest of the line from this byte on; shares the memory. */
  OutputLine after(int bytes) {
    return new OutputLine(array, from + bytes, omittedBytes, ending);
  }

  /** The bytes, in an array of the caller's own. */
  public byte[] bytes() {
    return Arrays.copyOfRange(array, from, array.length);
  }

  /** How many bytes there are. */
  public int length() {
    return array.length - from;
  }

  /** How many bytes of the line were left out after these, since it was longer than the limit. */
  public long omittedBytes() {
    return omittedBytes;
  }

  /** How the line ends. */
  public Ending ending() {
    return ending;
  }

  /**
   * The line for people: UTF-8, in which control and format characters (but for the tab) and bytes
   * that are no UTF-8 are written as {@code \x1b} or <code>&#92;u{202e}</code>, so that it is one
   * line and moves no cursor; then {@code [123 bytes cut]} if some were left out. A backslash stays
   * as it is: the text is for reading, not for getting the bytes back.
   */
  public String text() {
    String text = LineText.of(array, from);
    return omittedBytes == 0 ? text : text + " [" + omittedBytes + " bytes cut]";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputLine line
        && omittedBytes == line.omittedBytes
        && ending == line.ending
        && Arrays.equals(array, from, array.length, line.array, line.from, line.array.length);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  /** As {@link #text}. */
  @Override
  public String toString() {
    return text();
  }
}
