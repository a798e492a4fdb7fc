package org.jsupervisor.posix.internal.io;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jsupervisor.posix.internal.libc.InputPipes;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;

/** The inputs that the host writes, of the runs that are there. Thread-safe. */
public final class WrittenInputs {
  private final Libc libc;
  private final InputPipes pipes;
  private final Map<Incarnation, WrittenInput> open = new ConcurrentHashMap<>();

  /** Has none yet. */
  public WrittenInputs(Libc libc) {
    this.libc = libc;
    pipes = new InputPipes(libc);
  }

  /** A new pipe for a run; its reading end, to be closed by the caller. */
  public int open(Incarnation run) throws SyscallException {
    PipeEnds ends = pipes.make();
    int readEnd = libc.aboveStdio(ends.readEnd());
    if (readEnd < 0) {
      libc.close(ends.writeEnd());
      throw new SyscallException("fcntl", -readEnd, "F_DUPFD_CLOEXEC");
    }
    open.put(run, new WrittenInput(run, new WrittenInput.End(libc, pipes, ends.writeEnd())));
    return readEnd;
  }

  /** That of a run; empty if it is not there, or has none. */
  public Optional<ChildInput> find(Incarnation run) {
    return Optional.ofNullable(open.get(run));
  }

  /** Ends it; it stays what it is. */
  public void end(Incarnation run) {
    find(run).ifPresent(ChildInput::close);
  }

  /** The run has ended, or never was. */
  public void forget(Incarnation run) {
    WrittenInput input = open.remove(run);
    if (input != null) {
      input.close();
    }
  }

  /** Ends all. */
  public void close() {
    open.keySet().forEach(this::forget);
  }
}
