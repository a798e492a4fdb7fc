package org.jsupervisor.samples.suite;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;

/**
 * A platform without processes for an engine with threads of its own, in real time: what is
 * launched runs at once, and ends at its first signal.
 */
final class QuickPlatform implements Platform {
  private final Queue<PlatformReport> reports = new ConcurrentLinkedQueue<>();
  private final Semaphore wakeUps = new Semaphore(0);
  private long pids = 100;

  @Override
  public Ticker ticker() {
    return System::nanoTime;
  }

  @Override
  public void launch(LaunchRequest request) {
    report(new PlatformReport.Launched(request.incarnation(), new Pid(pids++)));
  }

  @Override
  public void signal(Incarnation incarnation, Signal signal) {
    report(new PlatformReport.Exited(incarnation, new ExitStatus.Signalled(signal, false)));
  }

  @Override
  public void stop(Incarnation incarnation, Signal signal) {
    signal(incarnation, signal);
  }

  private void report(PlatformReport report) {
    reports.add(report);
    wakeUp();
  }

  @Override
  public void endInput(Incarnation incarnation) {
    throw new UnsupportedOperationException("nobody has an input here");
  }

  @Override
  public void retireInput(ChildId consumer) {}

  @Override
  public boolean supports(Signal signal) {
    return true;
  }

  @Override
  public void retire(OutputSink sink) {}

  @Override
  public void poll(long timeoutNanosMax, Consumer<PlatformReport> taker) {
    try {
      if (wakeUps.tryAcquire(timeoutNanosMax, TimeUnit.NANOSECONDS)) {
        int unused = wakeUps.drainPermits();
      }
    } catch (InterruptedException stray) {
      Thread.currentThread().interrupt();
    }
    for (PlatformReport next = reports.poll(); next != null; next = reports.poll()) {
      taker.accept(next);
    }
  }

  @Override
  public void wakeUp() {
    wakeUps.release();
  }

  @Override
  public void close() {}
}
