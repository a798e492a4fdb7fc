package org.jsupervisor.posix.internal.io;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jsupervisor.output.OutputSink;

/**
 * Which sinks are in use, by identity: two sinks that are equal are still two. Any thread; each
 * answer that a sink must be closed is given once.
 */
final class SinkUses {
  private final Object lock = new Object();
  private final IdentityHashMap<OutputSink, Use> uses = new IdentityHashMap<>();

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

  /** One use is over. Whether the sink must be closed now. */
  boolean release(OutputSink sink) {
    synchronized (lock) {
      Use use = uses.get(sink);
      if (use == null) {
        return false;
      }
      use.open--;
      return removeIfOver(sink, use);
    }
  }

  /** No later launch will use it. Whether the sink must be closed now. */
  boolean retire(OutputSink sink) {
    synchronized (lock) {
      Use use = uses.computeIfAbsent(sink, unused -> new Use());
      use.retired = true;
      return removeIfOver(sink, use);
    }
  }

  /** Forgets all; all that were known must be closed now. */
  List<OutputSink> takeAll() {
    synchronized (lock) {
      List<OutputSink> all = new ArrayList<>(uses.keySet());
      uses.clear();
      return all;
    }
  }

  private boolean removeIfOver(OutputSink sink, Use use) {
    if (use.isOver()) {
      uses.remove(sink);
      return true;
    }
    return false;
  }
}
