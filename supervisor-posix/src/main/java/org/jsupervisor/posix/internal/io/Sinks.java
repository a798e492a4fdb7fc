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
 * The sinks of one output thread, by identity: two sinks that are equal are still two. Each is
 * closed once, when it is retired and no pipe uses it. What closes them belongs to the output
 * thread, or to its heir; the rest to any thread.
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

  /** Closes those that are due. */
  void closeDue() {
    OutputSink sink;
    while ((sink = due.poll()) != null) {
      close(sink);
    }
  }

  /** Closes all that are known, and forgets them. */
  void closeAll() {
    closeDue();
    takeAll().forEach(Sinks::close);
  }

  private List<OutputSink> takeAll() {
    synchronized (lock) {
      List<OutputSink> all = new ArrayList<>(uses.keySet());
      uses.clear();
      return all;
    }
  }

  private static void close(OutputSink sink) {
    try {
      sink.close();
    } catch (Throwable e) {
      LOG.warn("output sink {}: close failed: {}", sink.getClass().getName(), OneLine.describe(e));
    }
  }
}
