package org.jsupervisor.samples.benchmarks.spawn;

import java.io.IOException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;

/** Apache Commons Exec, with its defaults. */
final class CommonsExecStarter implements Starter {
  private final DefaultExecutor executor = DefaultExecutor.builder().get();

  @Override
  public String name() {
    return "commons-exec";
  }

  @Override
  public long run(int times) throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      SpawnComparison.requireZero(
          name(), executor.execute(new CommandLine(SpawnComparison.PROGRAM)));
    }
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {}
}
