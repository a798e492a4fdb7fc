package org.jsupervisor.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects the bytes of one line, up to a limit. The memory grows with the line. Not thread-safe.
 */
final class LineBuffer {
  private static final int FIRST_BYTES = 128;
  private static final int UTF8_TAIL_MAX = 3;

  /** What {@link #append} came to. */
  enum Progress {
    /** The input is used up, the line is not at its end. */
    WANTS_MORE,
    /** The newline was taken, and is not part of the line. */
    LINE,
    /** The next byte belongs to the line, and does not fit. */
    FULL
  }

  private final int bytesMax;
  private byte[] bytes = new byte[0];
  private int length;
  private long omitted;

  LineBuffer(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** How many bytes are there. */
  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Takes bytes up to the end of the line, of the input, or of the room. */
  Progress append(ByteBuffer input) {
    int end = newline(input);
    return take(input, end) ? passed(input) : Progress.FULL;
  }

  /** As {@link #append}, but what does not fit is counted and dropped: never full. */
  Progress appendCutting(ByteBuffer input) {
    int end = newline(input);
    if (!take(input, end)) {
      omitted += end - input.position();
      input.position(end);
    }
    return passed(input);
  }

  /** Whether there was room for all. */
  private boolean take(ByteBuffer input, int end) {
    int wanted = end - input.position();
    int taken = Math.min(wanted, bytesMax - length);
    reserve(length + taken);
    input.get(bytes, length, taken);
    length += taken;
    return taken == wanted;
  }

  /** What is there so far; the buffer keeps it. */
  OutputLine peek(OutputLine.Ending ending) {
    return new OutputLine(Arrays.copyOf(bytes, length), omitted, ending);
  }

  /** What is there; the buffer is empty then. */
  OutputLine take(OutputLine.Ending ending) {
    OutputLine line = peek(ending);
    length = 0;
    omitted = 0;
    return line;
  }

  /** What is there, but for the beginning of a character of UTF-8 at its end, which stays. */
  OutputLine takePart() {
    OutputLine part = peekPart();
    int whole = part.length();
    System.arraycopy(bytes, whole, bytes, 0, length - whole);
    length -= whole;
    return part;
  }

  /** What {@link #takePart} would take; the buffer keeps it. */
  OutputLine peekPart() {
    int whole = length - unfinishedCharacter();
    return new OutputLine(Arrays.copyOf(bytes, whole), omitted, OutputLine.Ending.MISSING);
  }

  private int unfinishedCharacter() {
    for (int back = 1; back <= Math.min(UTF8_TAIL_MAX, length - 1); back++) {
      int lead = bytes[length - back] & 0xff;
      if (lead >= 0xc0) {
        int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        return size > back ? back : 0;
      }
      if (lead < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  private void reserve(int wanted) {
    if (wanted > bytes.length) {
      long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(bytesMax, Math.max(wanted, doubled)));
    }
  }

  private static int newline(ByteBuffer input) {
    int limit = input.limit();
    if (input.hasArray()) {
      // Several times as fast, and most of what is read is neither kept nor shown.
      byte[] array = input.array();
      int offset = input.arrayOffset();
      for (int i = input.position(); i < limit; i++) {
        if (array[offset + i] == '\n') {
          return i;
        }
      }
      return limit;
    }
    for (int i = input.position(); i < limit; i++) {
      if (input.get(i) == '\n') {
        return i;
      }
    }
    return limit;
  }

  private static Progress passed(ByteBuffer input) {
    if (!input.hasRemaining()) {
      return Progress.WANTS_MORE;
    }
    input.position(input.position() + 1);
    return Progress.LINE;
  }
}
