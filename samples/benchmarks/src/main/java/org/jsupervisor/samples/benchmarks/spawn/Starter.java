package org.jsupervisor.samples.benchmarks.spawn;

import java.io.IOException;

/** One way to start a program and to wait for its end. Used by one thread. */
interface Starter extends AutoCloseable {
  /** What it is called in the table. */
  String name();

  /** Starts {@code /bin/true} so often, one after the other; the nanoseconds that it took. */
  long run(int times) throws IOException, InterruptedException;

  @Override
  void close();
}
