package org.jsupervisor.core.internal.output;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;

/**
 * What buffers and branches have lost, on its way to the engine. Each tells once a second at most,
 * so it stays small.
 */
public final class LostOutput implements LossListener {
  private final Queue<PlatformReport.OutputLost> reports = new ConcurrentLinkedQueue<>();
  private final Runnable wakeUp;

  /** Calls {@code wakeUp} after each. */
  public LostOutput(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void lost(Incarnation incarnation, long bytes, String why) {
    reports.add(new PlatformReport.OutputLost(incarnation, bytes, why));
    wakeUp.run();
  }

  /** The engine only. */
  public void take(Consumer<PlatformReport> taker) {
    for (var report = reports.poll(); report != null; report = reports.poll()) {
      taker.accept(report);
    }
  }
}
