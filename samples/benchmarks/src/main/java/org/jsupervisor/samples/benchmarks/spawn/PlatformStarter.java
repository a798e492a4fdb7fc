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
  private final PosixPlatform platform = PosixPlatform.open();
  private final ProcessSpec spec = ProcessSpec.builder("true", SpawnComparison.PROGRAM).build();
  private long number;
  private ExitStatus ended;

  @Override
  public String name() {
    return "jsupervisor";
  }

  @Override
  public long run(int times) throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      number++;
      ended = null;
      Incarnation run = new Incarnation(spec.id(), number);
      platform.launch(new LaunchRequest(run, spec, new OutputTarget.Null()));
      while (ended == null) {
        platform.poll(Platform.FOREVER_NANOS, this::take);
      }
      if (!ended.isClean()) {
        throw new IOException(name() + ": " + ended.describe());
      }
    }
    return System.nanoTime() - begin;
  }

  private void take(PlatformReport report) {
    if (report instanceof PlatformReport.Exited exited) {
      ended = exited.status();
    } else if (report instanceof PlatformReport.LaunchFailed failed) {
      ended = new ExitStatus.NeverStarted(failed.failure());
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
