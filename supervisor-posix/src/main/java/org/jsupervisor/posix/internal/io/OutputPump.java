package org.jsupervisor.posix.internal.io;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pipes and notification sockets of its children, and calls their sinks. Asleep unless a
 * child writes, a sink is to be closed, or something waits for its interval to be over.
 *
 * <p>Concurrency: one thread leads, and all that is not said to be for any thread is the leader's.
 * Sinks are strangers that may block, so each call of one is counted ({@link Lead}). If the leader
 * does not come back from it, a stand-in takes the lead for good ({@link #takeOver}) and goes on
 * with everything but that sink: what is to be done with it waits ({@link AwayCalls}). When the
 * thread that was left behind comes back, it gives the call to whoever leads by then, and ends. So
 * a sink is never called by two threads, each call sees what the one before has done, and there is
 * one thread for the lead and one for each call that is away.
 *
 * <p>Failure: what a sink throws is a loss of its own bytes; what else goes wrong in the turn of a
 * pipe ends that pipe only. An error outside ends the pump: then the end of all its pipes is
 * reported, no new one is accepted, and the sinks are closed when the platform is.
 */
final class OutputPump implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);

  private final String name;
  private final OutputContext context;
  private final Lead lead;
  private final Sinks sinks = new Sinks();
  private final WatchedSources sources;
  private final Deque<SinkCall> calls = new ArrayDeque<>();
  private final Turns turns;
  private final AwayCalls away;
  private boolean closing;
  private final Warnings warnings = new Warnings();
  // Read by others only when they have found its call in the count.
  private volatile @Nullable Place place;
  // Written once by whoever closes the platform, under the lock of those away; null until then.
  private volatile @Nullable Long drainUntilNanos;

  OutputPump(String name, Libc libc, OutputContext context, SinkWatch watch)
      throws SyscallException {
    this.name = name;
    this.context = context;
    lead = new Lead(name, watch);
    away = new AwayCalls(watch);
    sources = new WatchedSources(libc, sinks);
    turns = new Turns(context, sources, sinks, calls);
  }

  /** What its sources are made with; any thread. */
  OutputContext context() {
    return context;
  }

  /** Its sources; any thread for what is for any thread there. */
  WatchedSources sources() {
    return sources;
  }

  String name() {
    return name;
  }

  Lead lead() {
    return lead;
  }

  /** A launch will use the sink, from now until {@link #release}; any thread. */
  void hold(OutputSink sink) {
    sinks.hold(sink);
  }

  /** There will be no such launch; any thread. */
  void release(OutputSink sink) {
    if (sinks.release(sink)) {
      sources.wakeUp();
    }
  }

  /** No later launch will use the sink; any thread. */
  void retire(OutputSink sink) {
    if (sinks.retire(sink)) {
      sources.wakeUp();
    }
  }

  /**
   * Ends it with its pipes, or when the time for that is over; any thread. Whether a new thread is
   * needed for it.
   */
  boolean finish(long drainNanos) {
    long until = context.nowNanos() + drainNanos;
    boolean isVacant = away.change(() -> drainUntilNanos = until);
    sources.wakeUp();
    return isVacant;
  }

  /** Interrupts the sinks that do not come back, of all threads; any thread. */
  void interruptSinks() {
    Place at = place;
    if (at != null && Lead.isCall(lead.count())) {
      at.thread().interrupt();
    }
    away.interrupt();
  }

  /** The sinks that do not come back, for the log; any thread. */
  String stuck() {
    List<String> all = new ArrayList<>(away.describe());
    if (Lead.isCall(lead.count())) {
      all.add(describeCall());
    }
    return String.join(", ", all);
  }

  /** The call that is or was made last, for the log; any thread. */
  String describeCall() {
    Place at = place;
    return at == null ? name : at.call().describe();
  }

  @Override
  public void run() {
    lead(context.newBuffer());
  }

  /**
   * On a thread that is free, with a buffer for it: leads as long as it can, if the call with this
   * number has still not come back. Whether it has led.
   */
  boolean takeOver(long number, ReadBuffer buffer) {
    // In this order: so it is the place of this call, if that goes on.
    Place stuck = lead.count() == number ? place : null;
    if (stuck == null || !away.take(lead, number, stuck)) {
      return false;
    }
    lead.lostBy(stuck.thread());
    try {
      leaveBehind(stuck.call());
    } finally {
      // Whatever that has thrown, nobody else leads by now.
      lead(buffer);
    }
    return true;
  }

  private void leaveBehind(SinkCall call) {
    call.leftBehind();
    if (warnings.isDue(System.nanoTime())) {
      String what = call.describe();
      LOG.warn("{} has not come back from a call: its output waits, others' goes on", what);
    }
  }

  private void lead(ReadBuffer buffer) {
    lead.taken();
    boolean leads = true;
    while (leads) {
      try {
        if (sources.isReleased()) {
          close();
        } else if (isFinished()) {
          end(null);
        } else {
          gather();
        }
        leads = makeCalls(buffer) && !leaves();
      } catch (Throwable e) {
        fail(e);
      }
    }
  }

  private boolean isFinished() {
    Long until = drainUntilNanos;
    return until != null
        && ((sources.isEmpty() && away.isEmpty()) || context.nowNanos() - until >= 0);
  }

  private long timeoutNanos() {
    Long until = drainUntilNanos;
    long nowNanos = context.nowNanos();
    long wait = turns.waitNanos(nowNanos);
    return until == null ? wait : Math.min(wait, Math.max(0, until - nowNanos));
  }

  /** Waits for something to do, and notes what. */
  private void gather() throws SyscallException {
    int count = sources.await(timeoutNanos());
    for (int n = 0; n < count; n++) {
      turns.found(sources.found(n));
    }
    turns.takeDue();
    settleReturned();
    closeSinks(sinks.takeDue());
    turns.endSockets(drainUntilNanos != null);
    turns.reportDue();
  }

  private void settleReturned() {
    SinkCall call;
    while ((call = away.takeBack()) != null) {
      try {
        call.settle();
      } finally {
        // After what settling may have left to tell that sink: its close is among these.
        calls.addAll(away.free(call));
      }
    }
  }

  private void closeSinks(List<OutputSink> all) {
    for (OutputSink sink : all) {
      calls.add(SinkCall.telling(sink, name, () -> Sinks.close(sink), () -> {}));
    }
  }

  /** Whether this thread still leads afterwards. */
  private boolean makeCalls(ReadBuffer buffer) {
    SinkCall call;
    while ((call = calls.poll()) != null) {
      if (away.hold(call)) {
        call.leftBehind();
        continue;
      }
      Place own = new Place(call, Thread.currentThread());
      place = own;
      long number = lead.enter();
      own.makeCall(buffer);
      if (lead.win(number)) {
        call.settle();
        closeSinks(sinks.takeDue());
      } else if (away.giveBack(call)) {
        lead.taken();
      } else {
        sources.wakeUp();
        return false;
      }
    }
    return true;
  }

  /** Reads no more. */
  private void end(@Nullable Throwable cause) {
    Map<Long, PipeSource> left = sources.releaseAll(cause, away::isReading);
    for (PipeSource source : left.values()) {
      if (cause == null) {
        turns.abandon(source);
      } else {
        turns.tellEnd(source, () -> source.failed(cause));
      }
    }
  }

  private void fail(Throwable cause) {
    LOG.error("{} reads no more", name, cause);
    if (!sources.isReleased()) {
      end(cause);
    }
  }

  /** What is left to do when nothing is read any more. */
  private void close() {
    settleReturned();
    closeSinks(sinks.takeDue());
    if (drainUntilNanos != null && !closing) {
      closing = true;
      closeSinks(sinks.takeAll());
    }
  }

  /** Whether nothing is left to do, so that this thread has gone. */
  private boolean leaves() {
    if (!sources.isReleased()) {
      return false;
    }
    boolean isOver = closing && away.isEmpty();
    boolean gone = away.leave(() -> closing || drainUntilNanos == null);
    if (gone && isOver) {
      lead.over();
    }
    return gone;
  }
}
