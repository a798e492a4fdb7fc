package org.jsupervisor.core.internal.probe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jsupervisor.process.Incarnation;

/** The runs that a probe has found ready, for the engine. At most one entry for each run. */
public final class Answers {
  private final Queue<Incarnation> ready = new ConcurrentLinkedQueue<>();
  private final Runnable wakeUp;

  /** Calls {@code wakeUp} after each answer. */
  public Answers(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Any thread; never blocks. Once for each run. */
  public void ready(Incarnation run) {
    ready.add(run);
    wakeUp.run();
  }

  /** The engine only. */
  public void take(Consumer<Incarnation> taker) {
    for (Incarnation run = ready.poll(); run != null; run = ready.poll()) {
      taker.accept(run);
    }
  }
}
