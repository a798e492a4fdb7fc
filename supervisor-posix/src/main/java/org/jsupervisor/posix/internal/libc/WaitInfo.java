package org.jsupervisor.posix.internal.libc;

/**
 * A {@code siginfo_t} that {@code waitid} fills, in its layout on 64-bit Linux:
 *
 * <pre>
 *   0 si_signo   4 si_errno   8 si_code   16 si_pid   20 si_uid   24 si_status
 * </pre>
 *
 * <p>Not thread-safe: each thread that waits has its own.
 */
public final class WaitInfo {
  private static final int BYTES = 128;
  private static final int CODE_AT = 8;
  private static final int PID_AT = 16;
  private static final int STATUS_AT = 24;

  private final NativeMemory memory = new NativeMemory(BYTES);

  long address() {
    return memory.address();
  }

  /**
   * With WNOHANG the kernel leaves the pid alone if there is nothing to tell: it must be 0 before.
   */
  void clear() {
    memory.buffer().putInt(PID_AT, 0);
  }

  WaitResult result() {
    return memory.buffer().getInt(PID_AT) == 0
        ? WaitResult.none()
        : WaitResult.ended(memory.buffer().getInt(CODE_AT), memory.buffer().getInt(STATUS_AT));
  }
}
