package org.jsupervisor.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RecentOutput;

/**
 * Keeps the last lines of a child in memory, within limits: for a look at what it says, and for the
 * report of its end.
 *
 * <pre>{@code
 * TailSink tail = TailSink.of(100, 64 * 1024);
 * ProcessSpec web = ProcessSpec.builder("web", "./web").withOutput(OutputSpec.to(tail)).build();
 * tail.lines().forEach(each -> System.out.println(each.source() + " " + each.line().text()));
 * }</pre>
 *
 * <p>The oldest lines go when there are too many, or their bytes are: each line counts as its bytes
 * and {@value #LINE_COST_BYTES} more. A line is cut at an eighth of the budget, or at {@value
 * #LINE_BYTES_MAX} bytes if that is less; {@link OutputLine#omittedBytes} tells how much was left
 * out. Beyond the budget come up to four lines that are not finished; if more runs than that are in
 * the middle of a line, the one that began first is taken as it is.
 *
 * <p>Lines are in the order in which they were finished, whichever run wrote them; they stay when
 * the run, and also when the sink has ended.
 *
 * <p>Thread-safe: {@link #lines} may be called by any thread at any time.
 */
public final class TailSink implements RecentOutput {
  /** The most lines. */
  public static final int LINES_MAX = 1_000_000;

  /** The smallest budget. */
  public static final int BYTES_MIN = 1024;

  /** What a line counts besides its bytes. */
  public static final int LINE_COST_BYTES = 64;

  /** The most bytes of one line. */
  public static final int LINE_BYTES_MAX = 8192;

  private static final int LINES_IN_BUDGET = 8;

  /** Guards everything here. */
  private final ReentrantLock turn = new ReentrantLock();

  private final int linesMax;
  private final int bytesMax;
  private final Deque<TailLine> kept = new ArrayDeque<>();
  private final SourceLines unfinished;
  private long keptBytes;

  private TailSink(int linesMax, int bytesMax) {
    this.linesMax = linesMax;
    this.bytesMax = bytesMax;
    this.unfinished = new SourceLines(Math.min(LINE_BYTES_MAX, bytesMax / LINES_IN_BUDGET));
  }

  /**
   * Without any line yet.
   *
   * @param linesMax how many lines are kept at most, 1 to {@value #LINES_MAX}
   * @param bytesMax how many bytes they may count together, at least {@value #BYTES_MIN}
   */
  public static TailSink of(int linesMax, int bytesMax) {
    if (linesMax < 1 || linesMax > LINES_MAX) {
      throw new IllegalArgumentException(
          "tail: lines must be 1 to " + LINES_MAX + ", were " + linesMax);
    }
    if (bytesMax < BYTES_MIN) {
      throw new IllegalArgumentException(
          "tail: bytes must be at least " + BYTES_MIN + ", were " + bytesMax);
    }
    return new TailSink(linesMax, bytesMax);
  }

  /** The lines that are kept now, then those that are not finished; a copy. */
  public List<TailLine> lines() {
    turn.lock();
    try {
      List<TailLine> lines = new ArrayList<>(kept);
      unfinished
          .all()
          .forEach(
              (source, line) ->
                  lines.add(new TailLine(source, line.peek(OutputLine.Ending.MISSING))));
      return List.copyOf(lines);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public List<RecentLine> recentLines() {
    return lines().stream().map(each -> new RecentLine(each.source(), each.line().text())).toList();
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) {
    turn.lock();
    try {
      LineBuffer line = unfinished.of(source);
      while (line.appendCutting(bytes) == LineBuffer.Progress.LINE) {
        keep(new TailLine(source, line.take(OutputLine.Ending.NEWLINE)));
      }
      unfinished.settle(source).ifPresent(this::leave);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void ended(OutputSource source) {
    turn.lock();
    try {
      leave(source);
    } finally {
      turn.unlock();
    }
  }

  /** The lines can still be read. */
  @Override
  public void close() {
    turn.lock();
    try {
      List.copyOf(unfinished.all().keySet()).forEach(this::leave);
    } finally {
      turn.unlock();
    }
  }

  private void leave(OutputSource source) {
    unfinished
        .remove(source)
        .ifPresent(line -> keep(new TailLine(source, line.take(OutputLine.Ending.MISSING))));
  }

  private void keep(TailLine line) {
    kept.addLast(line);
    keptBytes += cost(line);
    while (kept.size() > linesMax || keptBytes > bytesMax) {
      keptBytes -= cost(kept.removeFirst());
    }
  }

  private static int cost(TailLine line) {
    return line.line().length() + LINE_COST_BYTES;
  }
}
