package org.jsupervisor.core.internal.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.process.Signal;

/**
 * The signals of a run that are not sent, since a program is run instead of each. Immutable.
 *
 * @param last the number of the newest program of the child
 * @param bySignal what each is
 */
record PendingSignals(long last, SortedMap<Signal, Pending> bySignal) {
  static final PendingSignals NONE =
      new PendingSignals(0, new TreeMap<>(Comparator.comparing(Signal::name)));

  /** How a signal is sent. */
  enum Purpose {
    /** To be heard by the run. */
    HEARD,
    /** So that the run ends. */
    STOPS
  }

  /**
   * One of them.
   *
   * @param order the program
   * @param purpose how the signal is to be sent if the program fails
   * @param reason why it was asked for
   */
  record Pending(SignalOrder order, Purpose purpose, String reason) {}

  PendingSignals {
    bySignal = Collections.unmodifiableSortedMap(bySignal);
  }

  boolean isEmpty() {
    return bySignal.isEmpty();
  }

  boolean has(Signal signal) {
    return bySignal.containsKey(signal);
  }

  /** The one whose program this is; empty if its result does not count any more. */
  Optional<Pending> find(SignalOrder order) {
    return Optional.ofNullable(bySignal.get(order.signal()))
        .filter(pending -> pending.order().equals(order));
  }

  /** One more, of which there is none yet. */
  PendingSignals with(Pending pending) {
    SortedMap<Signal, Pending> more = new TreeMap<>(bySignal);
    more.put(pending.order().signal(), pending);
    return new PendingSignals(pending.order().number(), more);
  }

  PendingSignals without(Signal signal) {
    SortedMap<Signal, Pending> fewer = new TreeMap<>(bySignal);
    fewer.remove(signal);
    return new PendingSignals(last, fewer);
  }
}
