package org.jsupervisor.samples.scanhost;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints lines on a daemon thread of its own, so that a reader who does not read, a full pipe or a
 * stopped terminal, never makes the caller wait. At most {@value #LINES_MAX} lines wait; beyond
 * that the oldest are dropped, and their number is printed in their place. Thread-safe.
 */
final class LineQueue {
  static final int LINES_MAX = 4096;

  private final PrintStream out;
  private final Thread printer;

  /** Guards all below; held for a few instructions only. */
  private final ReentrantLock gate = new ReentrantLock();

  private final Condition changed = gate.newCondition();
  private final Deque<String> lines = new ArrayDeque<>();
  private long dropped;
  private boolean closed;

  LineQueue(PrintStream out, String name) {
    this.out = out;
    printer = new Thread(this::work, "scan-host-" + name);
    printer.setDaemon(true);
    printer.start();
  }

  /** Does not wait. What comes after the closing is not printed. */
  void print(String line) {
    gate.lock();
    try {
      if (closed) {
        return;
      }
      if (lines.size() == LINES_MAX) {
        lines.remove();
        dropped++;
      }
      lines.add(line);
      changed.signal();
    } finally {
      gate.unlock();
    }
  }

  /** A stream whose lines are printed here; for what knows only streams. */
  PrintStream asStream() {
    return new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
  }

  /** Prints what waits, for so long at most. */
  void close(Duration wait) throws InterruptedException {
    gate.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      gate.unlock();
    }
    TimeUnit.NANOSECONDS.timedJoin(printer, wait.toNanos());
  }

  private void work() {
    try {
      for (String text = next(); !text.isEmpty(); text = next()) {
        out.print(text);
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next line, after the number of those lost before it; empty when all is over. */
  private String next() throws InterruptedException {
    gate.lock();
    try {
      while (lines.isEmpty() && !closed) {
        changed.await();
      }
      if (lines.isEmpty()) {
        return "";
      }
      String gap = dropped == 0 ? "" : "scan-host: " + dropped + " lines dropped, nobody read\n";
      dropped = 0;
      return gap + lines.remove() + "\n";
    } finally {
      gate.unlock();
    }
  }

  /** From bytes to lines. Confined by the stream's own lock. */
  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      if (b == '\n') {
        print(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
