package org.jsupervisor.posix.internal.io;

import java.util.Optional;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;

/**
 * What leads into children. Thread-safe.
 *
 * @param written by the host, one for each run
 * @param fed by other children, one for all runs of a child
 */
public record Inputs(WrittenInputs written, FedPipes fed) {
  /** None yet. */
  public static Inputs open(Libc libc) {
    return new Inputs(new WrittenInputs(libc), new FedPipes(libc));
  }

  /** As {@code Platform.input}. */
  public Optional<ChildInput> find(Incarnation run) {
    return written.find(run);
  }

  /** As {@code Platform.endInput}, of whatever kind it is. */
  public void end(Incarnation run) {
    written.end(run);
    fed.end(run);
  }

  /** Closes all. */
  public void close() {
    written.close();
    fed.close();
  }
}
