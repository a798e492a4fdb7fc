package org.jsupervisor.samples.benchmarks.fleet;

import java.io.IOException;
import java.util.List;

/** Many live children. */
interface Fleet extends AutoCloseable {
  /** What every child is: it does nothing. */
  List<String> COMMAND = List.of("sleep", "100000");

  /** Starts them all; returns when all live. */
  void start(int children) throws IOException, InterruptedException;

  /** The pid of the n-th. */
  long pid(int child);

  /** Waits until its death is noticed; the {@link System#nanoTime} of that moment. */
  long awaitDeath(int child) throws InterruptedException;

  /** Waits until it lives again; the moment, or 0 where nobody restarts it. */
  long awaitRestart(int child) throws InterruptedException;

  @Override
  void close();
}
