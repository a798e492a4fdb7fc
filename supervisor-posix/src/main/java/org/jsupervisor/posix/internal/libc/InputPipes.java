package org.jsupervisor.posix.internal.libc;

/** Pipes that we write to: the calls that those need, and no others do. Thread-safe. */
public final class InputPipes {
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;

  private final Libc libc;

  /** Of this library. */
  public InputPipes(Libc libc) {
    this.libc = libc;
  }

  /** A pipe whose ends are not inherited; only the end that we write to is non-blocking. */
  public PipeEnds make() throws SyscallException {
    PipeEnds ends = libc.blockingPipe();
    int result = CFunction.checked(libc.binding().fcntl(ends.writeEnd(), F_SETFL, O_NONBLOCK));
    if (result < 0) {
      libc.close(ends.readEnd());
      libc.close(ends.writeEnd());
      throw new SyscallException("fcntl", -result, "O_NONBLOCK");
    }
    return ends;
  }

  /** Writes at most so many bytes from the address: how many, or the negated error. */
  public long write(int descriptor, long address, long bytes) {
    return CFunction.checked(libc.binding().write(descriptor, address, bytes));
  }
}
