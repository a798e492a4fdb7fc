package org.jsupervisor.samples.benchmarks.spawn;

import java.io.IOException;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;

/** This library's platform, with its defaults: what the engine does to start a child. */
final class PlatformStarter implements Starter {
  /** How many launches are ordered before an end is waited for. */
  private final int atOnce;

  private final PosixPlatform platform = PosixPlatform.open();
  private final ProcessSpec spec = ProcessSpec.builder("true", SpawnComparison.PROGRAM).build();
  private long number;
  private int open;
  private ExitStatus unclean;

  PlatformStarter(int atOnce) {
    this.atOnce = atOnce;
  }

  @Override
  public String name() {
    return atOnce == 1 ? SpawnComparison.OURS : SpawnComparison.OURS + ", " + atOnce + " at once";
  }

  @Override
  public long run(int times) throws IOException {
    long begin = System.nanoTime();
    for (int started = 0; started < times || open > 0; ) {
      while (started < times && open < atOnce) {
        Incarnation run = new Incarnation(spec.id(), ++number);
        platform.launch(new LaunchRequest(run, spec, new OutputTarget.Null()));
        started++;
        open++;
      }
      platform.poll(Platform.FOREVER_NANOS, this::take);
    }
    if (unclean != null) {
      throw new IOException(name() + ": " + unclean.describe());
    }
    return System.nanoTime() - begin;
  }

  private void take(PlatformReport report) {
    if (report instanceof PlatformReport.Exited exited) {
      ended(exited.status());
    } else if (report instanceof PlatformReport.LaunchFailed failed) {
      ended(new ExitStatus.NeverStarted(failed.failure()));
    }
  }

  private void ended(ExitStatus status) {
    open--;
    if (!status.isClean()) {
      unclean = status;
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
