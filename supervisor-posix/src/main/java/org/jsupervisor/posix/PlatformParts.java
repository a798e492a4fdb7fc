package org.jsupervisor.posix;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jsupervisor.posix.internal.guard.GuardKeeper;
import org.jsupervisor.posix.internal.io.Inputs;
import org.jsupervisor.posix.internal.io.OutputLimits;
import org.jsupervisor.posix.internal.io.OutputThreads;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.reap.Arrivals;
import org.jsupervisor.posix.internal.reap.ExitWatch;
import org.jsupervisor.posix.internal.reap.ExitWatches;
import org.jsupervisor.posix.internal.reap.Reaper;
import org.jsupervisor.posix.internal.spawn.Spawner;
import org.jsupervisor.posix.internal.step.LaunchSteps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a platform is made of: opened one after the other, closed in the reverse order. Each part
 * says which thread may call it; this belongs to the engine's.
 */
final class PlatformParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformParts.class);

  private final PosixOptions options;
  private final ExitWatch watch;
  private final Aftermath aftermath;
  private final Reaper reaper;
  private final OutputThreads outputs;
  private final Inputs inputs;
  private final Spawner spawner;

  /** Notes how to close what it has opened: it may fail at each part. */
  private PlatformParts(
      Libc libc, PosixOptions options, SignalNumbers signals, Deque<Runnable> opened)
      throws SyscallException {
    this.options = options;
    watch = watch(libc, options.exitDetection());
    opened.push(watch::close);
    var arrivals = new Arrivals(watch::wakeUp);
    aftermath = Aftermath.open(libc, options, watch, arrivals);
    opened.push(aftermath::close);
    GuardKeeper guard = aftermath.survival().guard();
    var sources = new Reaper.Sources(watch, arrivals, guard::ended, options.leftoverWait());
    reaper = new Reaper(libc, sources, signals);
    outputs = new OutputThreads(libc, limits(options), options.ticker(), arrivals::add);
    opened.push(outputs::close);
    inputs = Inputs.open(libc);
    opened.push(inputs::close);
    var steps = new LaunchSteps(libc, options.hostEnvironment(), options.userChanges());
    var around =
        new Spawner.Surroundings(outputs, inputs, watch, arrivals, steps, aftermath.survival());
    spawner = new Spawner(libc, around, options.hostEnvironment(), options.launchQueueMax());
  }

  /** All parts; none is left open if one cannot be had. */
  static PlatformParts open(Libc libc, PosixOptions options, SignalNumbers signals)
      throws SyscallException {
    Deque<Runnable> opened = new ArrayDeque<>();
    try {
      return new PlatformParts(libc, options, signals, opened);
    } catch (SyscallException | RuntimeException | Error e) {
      opened.forEach(Runnable::run);
      throw e;
    }
  }

  private static ExitWatch watch(Libc libc, ExitDetection detection) throws SyscallException {
    return switch (detection.method()) {
      case AUTOMATIC -> ExitWatches.automatic(libc, detection.waitersMax());
      case PIDFD -> ExitWatches.pidfd(libc);
      case WAITERS -> ExitWatches.waiters(libc, detection.waitersMax());
    };
  }

  private static OutputLimits limits(PosixOptions options) {
    return new OutputLimits(
        options.outputThreads(),
        PosixOptions.STAND_INS_MAX,
        options.readBufferBytes(),
        options.turnBytesMax(),
        options.largePipesMax(),
        options.lossReportInterval(),
        options.drainWait());
  }

  ExitWatch watch() {
    return watch;
  }

  Aftermath aftermath() {
    return aftermath;
  }

  Reaper reaper() {
    return reaper;
  }

  OutputThreads outputs() {
    return outputs;
  }

  Inputs inputs() {
    return inputs;
  }

  Spawner spawner() {
    return spawner;
  }

  /** Starts nothing more, kills and reaps all children within the reap wait, and releases all. */
  @Override
  public void close() {
    spawner.close();
    reapAll();
    inputs.close();
    outputs.close();
    aftermath.close();
    watch.close();
  }

  private void reapAll() {
    long begin = System.nanoTime();
    long left = options.reapWait().toNanos();
    reaper.poll(0, report -> {});
    reaper.killAll();
    while (reaper.size() > 0 && left > 0) {
      reaper.poll(left, report -> {});
      left = options.reapWait().toNanos() - (System.nanoTime() - begin);
    }
    reaper.reapHeld();
    if (reaper.size() > 0) {
      LOG.warn("{} children have not ended within {} of KILL", reaper.size(), options.reapWait());
    }
  }
}
