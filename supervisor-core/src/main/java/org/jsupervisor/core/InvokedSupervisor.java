package org.jsupervisor.core;

import java.time.Duration;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.internal.engine.Engine;
import org.jsupervisor.core.internal.engine.EngineFactory.Assembly;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.platform.Platform;

/**
 * A tree without threads of its own: it does something only while {@link #doWork} is called.
 * Listeners and dependent actions run in that call, too.
 *
 * <p>One thread at a time may drive it. The {@link #supervisor} is thread-safe as ever, but its
 * {@code close} only asks for the stop: whoever drives the tree goes on until {@link #isOver}.
 */
public final class InvokedSupervisor implements AutoCloseable {
  private final Supervisor supervisor;
  private final Engine engine;
  private final Notifier notifier;

  InvokedSupervisor(Assembly assembly) {
    this.supervisor = assembly.handle();
    this.engine = assembly.engine();
    this.notifier = assembly.notifier();
    try {
      engine.start();
    } finally {
      notifier.deliver();
    }
  }

  /** The handle. */
  public Supervisor supervisor() {
    return supervisor;
  }

  /**
   * One cycle: waits at most so long for something to do, does it, and delivers what came of it.
   * Returns how many inputs and deliveries there were. After the end it does nothing. What the
   * platform throws comes through, after the tree has been ended by it ({@code ENGINE_FAILED}).
   *
   * @param waitMax zero or more; above a hundred years it means without limit
   */
  public int doWork(Duration waitMax) {
    if (waitMax.isNegative()) {
      throw new IllegalArgumentException("wait must not be negative, was " + waitMax);
    }
    return cycle(nanos(waitMax));
  }

  private int cycle(long waitNanosMax) {
    int handled = 0;
    try {
      handled = engine.isOver() ? 0 : engine.doWork(waitNanosMax);
    } finally {
      handled += notifier.deliver();
    }
    return handled;
  }

  private static long nanos(Duration waitMax) {
    return waitMax.compareTo(EngineOptions.WAIT_MAX) > 0
        ? Platform.FOREVER_NANOS
        : waitMax.toNanos();
  }

  /** Whether the tree has stopped. */
  public boolean isOver() {
    return engine.isOver();
  }

  /** Asks for the stop and drives the tree to its end, which is bounded by the stop ladders. */
  @Override
  public void close() {
    supervisor.close();
    while (!engine.isOver()) {
      int unused = cycle(Platform.FOREVER_NANOS);
    }
    notifier.deliver();
  }
}
