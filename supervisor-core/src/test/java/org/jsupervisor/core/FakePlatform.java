package org.jsupervisor.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
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

/** A platform for real threads: whatever is launched runs, whatever is signalled but CONT ends. */
public class FakePlatform implements Platform {
  private final LinkedBlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
  private final List<PlatformReport> pending = new ArrayList<>();
  public volatile int closed;
  volatile int polls;

  /** One on which nothing runs yet. */
  public FakePlatform() {}

  @Override
  public Ticker ticker() {
    return Ticker.system();
  }

  @Override
  public void launch(LaunchRequest request) {
    report(new PlatformReport.Launched(request.incarnation(), new Pid(7)));
  }

  @Override
  public void stop(Incarnation incarnation, Signal signal) {
    signal(incarnation, signal);
  }

  @Override
  public void signal(Incarnation incarnation, Signal signal) {
    if (!signal.equals(Signal.CONT)) {
      report(new PlatformReport.Exited(incarnation, new ExitStatus.Signalled(signal, false)));
    }
  }

  @Override
  public void endInput(Incarnation incarnation) {
    report(new PlatformReport.Exited(incarnation, new ExitStatus.Exited(0)));
  }

  @Override
  public void retireInput(ChildId consumer) {}

  private void report(PlatformReport report) {
    news.add(() -> pending.add(report));
  }

  @Override
  public boolean supports(Signal signal) {
    return true;
  }

  @Override
  public void retire(OutputSink sink) {}

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void poll(long timeoutNanosMax, Consumer<PlatformReport> reports) {
    polls++;
    try {
      Runnable first = news.poll(timeoutNanosMax, TimeUnit.NANOSECONDS);
      for (Runnable next = first; next != null; next = news.poll()) {
        next.run();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    pending.forEach(reports);
    pending.clear();
  }

  @Override
  public void wakeUp() {
    news.add(() -> {});
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void close() {
    closed++;
  }
}
