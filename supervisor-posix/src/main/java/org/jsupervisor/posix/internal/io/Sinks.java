package org.jsupervisor.posix.internal.io;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jsupervisor.output.OutputSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sinks of one pump, by identity: two sinks that are equal are still two. Each is to be closed
 * once, when it is retired and no pipe uses it. Any thread.
 */
final class Sinks {
  private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);

  private final Object lock = new Object();
  private final IdentityHashMap<OutputSink, Use> uses = new IdentityHashMap<>();
  private final Queue<OutputSink> due = new ConcurrentLinkedQueue<>();

  private static final class Use {
    private int open;
    private boolean retired;

    private boolean isOver() {
      return retired && open == 0;
    }
  }

  /** A launch will use it, from now until {@link #release}. */
  void hold(OutputSink sink) {
    synchronized (lock) {
      uses.computeIfAbsent(sink, unused -> new Use()).open++;
    }
  }

  /** One use is over. Whether the sink is due to be closed now. */
  boolean release(OutputSink sink) {
    synchronized (lock) {
      Use use = uses.get(sink);
      if (use == null) {
        return false;
      }
      use.open--;
      return isDue(sink, use);
    }
  }

  /** No later launch will use it. Whether the sink is due to be closed now. */
  boolean retire(OutputSink sink) {
    synchronized (lock) {
      Use use = uses.computeIfAbsent(sink, unused -> new Use());
      use.retired = true;
      return isDue(sink, use);
    }
  }

  private boolean isDue(OutputSink sink, Use use) {
    if (use.isOver()) {
      uses.remove(sink);
      due.add(sink);
      return true;
    }
    return false;
  }

  /** Those that are due to be closed, by whoever takes them. */
  List<OutputSink> takeDue() {
    OutputSink sink = due.poll();
    if (sink == null) {
      return List.of();
    }
    List<OutputSink> all = new ArrayList<>();
    for (; sink != null; sink = due.poll()) {
      all.add(sink);
    }
    return all;
  }

  /** All that are known, and not due: likewise, and forgets them. */
  List<OutputSink> takeAll() {
    synchronized (lock) {
      List<OutputSink> all = new ArrayList<>(uses.keySet());
      uses.clear();
      return all;
    }
  }

  /** Closes one; what it throws is logged. */
  static void close(OutputSink sink) {
    try {
      sink.close();
    } catch (Throwable e) {
      LOG.warn("output sink {}: close failed: {}", sink.getClass().getName(), OneLine.describe(e));
    }
  }
}
