package org.jsupervisor.posix.internal.guard;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;

/** Descriptors that are closed together, but for those that are to be kept. Not thread-safe. */
final class Descriptors implements AutoCloseable {
  private final Libc libc;
  private final List<Integer> held = new ArrayList<>();

  Descriptors(Libc libc) {
    this.libc = libc;
  }

  int add(int descriptor) {
    held.add(descriptor);
    return descriptor;
  }

  PipeEnds add(PipeEnds ends) {
    held.add(ends.readEnd());
    held.add(ends.writeEnd());
    return ends;
  }

  /** Closes this one now. */
  void close(int descriptor) {
    keep(descriptor);
    libc.close(descriptor);
  }

  /** This one is somebody else's from now on. */
  void keep(int descriptor) {
    held.remove(Integer.valueOf(descriptor));
  }

  @Override
  public void close() {
    for (int descriptor : held) {
      libc.close(descriptor);
    }
  }
}
