package org.jsupervisor.samples.benchmarks.spawn;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcessBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** NuProcess, whose handler is told of the end. */
final class NuProcessStarter implements Starter {
  @Override
  public String name() {
    return "NuProcess";
  }

  @Override
  public long run(int times) throws IOException, InterruptedException {
    LinkedBlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      NuProcessBuilder builder = new NuProcessBuilder(List.of(SpawnComparison.PROGRAM));
      builder.setProcessListener(
          new NuAbstractProcessHandler() {
            @Override
            public void onExit(int code) {
              ends.add(code);
            }
          });
      if (builder.start() == null) {
        throw new IOException(name() + " cannot start " + SpawnComparison.PROGRAM);
      }
      Integer code = ends.poll(1, TimeUnit.MINUTES);
      if (code == null) {
        throw new IOException(name() + " has not told of an end within a minute");
      }
      SpawnComparison.requireZero(name(), code);
    }
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {}
}
