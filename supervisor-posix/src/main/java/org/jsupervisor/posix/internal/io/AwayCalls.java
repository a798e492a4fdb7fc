package org.jsupervisor.posix.internal.io;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;

/**
 * The calls of one pump whose threads have lost the lead in them, until they are given back; what
 * is to be done with the same sinks meanwhile; and whether there is a leader at all.
 *
 * <p>{@link #take} makes its caller the leader; {@link #hold}, {@link #takeBack}, {@link #free},
 * {@link #isEmpty} and {@link #leave} are for the leader; the rest is for any thread.
 */
final class AwayCalls {
  // The leader's. A sink is a key as long as a call of it is away.
  private final IdentityHashMap<OutputSink, List<SinkCall>> held = new IdentityHashMap<>();

  private final Object lock = new Object();
  private final Map<SinkCall, Thread> threads = new HashMap<>();
  private final Deque<SinkCall> returned = new ArrayDeque<>();
  private final SinkWatch watch;
  private boolean vacant;

  AwayCalls(SinkWatch watch) {
    this.watch = watch;
  }

  /**
   * Whether the caller has won the lead from the thread that is in this call. Then the place of a
   * stand-in that the caller has is the call's, until it is given back.
   */
  boolean take(Lead lead, long number, Place place) {
    synchronized (lock) {
      if (!lead.win(number)) {
        return false;
      }
      SinkCall call = place.call();
      threads.put(call, place.thread());
      held.put(call.sink(), new ArrayList<>());
      return true;
    }
  }

  /** Whether the call waits for its sink; then it comes back with that. */
  boolean hold(SinkCall call) {
    List<SinkCall> waiting = held.get(call.sink());
    if (waiting == null) {
      return false;
    }
    waiting.add(call);
    return true;
  }

  /** Whether a call that is not settled yet reads the source. */
  boolean isReading(long id) {
    synchronized (lock) {
      return Stream.concat(threads.keySet().stream(), returned.stream())
          .anyMatch(call -> call.reads(id));
    }
  }

  /** Whether all have been settled. */
  boolean isEmpty() {
    return held.isEmpty();
  }

  /** On the thread that was left behind. Whether it leads again, as nobody else does. */
  boolean giveBack(SinkCall call) {
    synchronized (lock) {
      threads.remove(call);
      watch.freePlace();
      returned.add(call);
      // Whoever has interrupted it wanted the end of this call.
      var unused = Thread.interrupted();
      return takeVacancy();
    }
  }

  /** One that is back, to be settled and then to be {@link #free freed}; null if there is none. */
  @Nullable SinkCall takeBack() {
    synchronized (lock) {
      return returned.poll();
    }
  }

  /** Its sink can be called again: what has waited for it. */
  List<SinkCall> free(SinkCall call) {
    List<SinkCall> waited = held.remove(call.sink());
    return waited == null ? List.of() : waited;
  }

  /** Whether the leader may go, and has gone: nothing is back that would want it. */
  boolean leave(BooleanSupplier mayGo) {
    synchronized (lock) {
      vacant = returned.isEmpty() && mayGo.getAsBoolean();
      return vacant;
    }
  }

  /** Changes what a leader looks at before it goes. Whether the caller has to find a new one. */
  boolean change(Runnable change) {
    synchronized (lock) {
      change.run();
      return takeVacancy();
    }
  }

  /** Interrupts the threads of all that are away. */
  void interrupt() {
    synchronized (lock) {
      threads.values().forEach(Thread::interrupt);
    }
  }

  /** All that are away, for the log. */
  List<String> describe() {
    synchronized (lock) {
      return threads.keySet().stream().map(SinkCall::describe).toList();
    }
  }

  private boolean takeVacancy() {
    boolean was = vacant;
    vacant = false;
    return was;
  }
}
