package org.jsupervisor.samples.benchmarks.spawn;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** {@link ProcessBuilder}, as a careful program uses it: without pipes that nobody reads. */
final class JdkStarter implements Starter {
  @Override
  public String name() {
    return "ProcessBuilder";
  }

  @Override
  public long run(int times) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      Process process =
          new ProcessBuilder(SpawnComparison.PROGRAM)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      SpawnComparison.requireZero(name(), process.waitFor());
    }
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {}
}
