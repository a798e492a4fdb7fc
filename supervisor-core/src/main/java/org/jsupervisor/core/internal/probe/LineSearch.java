package org.jsupervisor.core.internal.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jsupervisor.spec.Probe;

/**
 * Looks for a line in the output of one run. Bounded in memory by the length of a line, and in time
 * by the steps that are spent on it: some expressions take ages on a short line. Confined to the
 * thread that takes the output.
 */
public final class LineSearch {
  /** How many characters the matcher may look at for one line. */
  static final int STEPS_MAX = 200_000;

  private final Pattern pattern;
  private final byte[] line = new byte[Probe.LogLine.LINE_BYTES_MAX];
  private int length;
  private boolean found;
  private int tooCostly;

  /** What the line must contain. */
  public LineSearch(Probe.LogLine probe) {
    this.pattern = Pattern.compile(probe.regex());
  }

  /** Whether it looks no more: it has found the line, or has given up. */
  public boolean isOver() {
    return found || tooCostly >= Probe.LogLine.TOO_COSTLY_MAX;
  }

  /** Looks at what comes next. Returns whether the line was found; once. */
  public boolean finds(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !isOver()) {
      byte next = bytes.get();
      if (next != '\n') {
        append(next);
      } else {
        found = matches();
        length = 0;
      }
    }
    return found;
  }

  private void append(byte next) {
    if (length < line.length) {
      line[length] = next;
      length++;
    }
  }

  private boolean matches() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    try {
      return pattern.matcher(new BoundedText(text, new Steps())).find();
    } catch (TooCostlyException | StackOverflowError e) {
      tooCostly++;
      return false;
    }
  }

  /** What is left of the work for one line. */
  private static final class Steps {
    private int left = STEPS_MAX;
  }

  /** A text that can be looked at so often only. */
  private record BoundedText(String text, Steps steps) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (--steps.left < 0) {
        throw new TooCostlyException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new BoundedText(text.substring(start, end), steps);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The work for one line is used up. */
  private static final class TooCostlyException extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1L;

    TooCostlyException() {
      super("too costly", null, false, false);
    }
  }
}
