package org.jsupervisor.samples.benchmarks.fleet;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@link ProcessBuilder}, and a thread for each child that waits for its end. */
final class ThreadsFleet implements Fleet {
  private final List<Process> processes = new ArrayList<>();
  private final List<BlockingQueue<Long>> deaths = new ArrayList<>();

  @Override
  public void start(int children) throws IOException {
    for (int i = 0; i < children; i++) {
      Process process =
          new ProcessBuilder(COMMAND)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      BlockingQueue<Long> death = new LinkedBlockingQueue<>();
      processes.add(process);
      deaths.add(death);
      Thread thread = new Thread(() -> watch(process, death), "watch-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void watch(Process process, BlockingQueue<Long> death) {
    try {
      process.waitFor();
      death.add(System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long pid(int child) {
    return processes.get(child).pid();
  }

  @Override
  public long awaitDeath(int child) throws InterruptedException {
    return deaths.get(child).take();
  }

  @Override
  public long awaitRestart(int child) {
    return 0;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
