package org.jsupervisor.posix.internal.spawn;

import org.jsupervisor.posix.internal.guard.FifoDirectory;
import org.jsupervisor.posix.internal.io.PipeMaker;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.spec.HostDeath;

/**
 * Which pipes a child gets. One that survives its host has each end that it writes to open for
 * reading as well: it is never killed for writing to a host that is gone.
 */
public final class PipeChoice {
  private final Libc libc;
  private final FifoDirectory fifos;

  /** FIFOs are made in this directory. */
  public PipeChoice(Libc libc, FifoDirectory fifos) {
    this.libc = libc;
    this.fifos = fifos;
  }

  /** For what may fill: it has a name, under which the guard reads on. */
  PipeMaker forOutput(HostDeath hostDeath) {
    return switch (hostDeath) {
      case DIE -> () -> PipeMaker.Made.unnamed(libc.pipe());
      case SURVIVE ->
          () -> {
            FifoDirectory.Fifo fifo = fifos.open();
            return new PipeMaker.Made(fifo.ends(), () -> fifos.remove(fifo.path()));
          };
    };
  }

  /** For a few bytes, which never fill it. */
  PipeMaker forNotification(HostDeath hostDeath) {
    return switch (hostDeath) {
      case DIE -> () -> PipeMaker.Made.unnamed(libc.pipe());
      case SURVIVE -> () -> PipeMaker.Made.unnamed(openToBoth(libc.pipe()));
    };
  }

  private PipeEnds openToBoth(PipeEnds pipe) throws SyscallException {
    try {
      CString path = CString.of("/proc/self/fd/" + pipe.writeEnd());
      int both = libc.files().openToReadAndWrite(path);
      return new PipeEnds(pipe.readEnd(), Libc.orThrow(both, "open", "O_RDWR"));
    } catch (SyscallException e) {
      libc.close(pipe.readEnd());
      throw e;
    } finally {
      libc.close(pipe.writeEnd());
    }
  }
}
