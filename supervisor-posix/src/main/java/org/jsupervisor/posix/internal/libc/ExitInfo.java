package org.jsupervisor.posix.internal.libc;

import java.util.OptionalInt;

/**
 * A {@code struct pidfd_info} that the kernel fills, the first version of it:
 *
 * <pre>
 *   0 mask   60 exit_code (a wait status, if the mask has 8)
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class ExitInfo {
  private static final int BYTES = 64;
  private static final int MASK_AT = 0;
  private static final int STATUS_AT = 60;
  private static final long MASK_EXIT = 8;

  private final NativeMemory memory = new NativeMemory(BYTES);

  long address() {
    return memory.address();
  }

  void ask() {
    memory.buffer().putLong(MASK_AT, MASK_EXIT).putInt(STATUS_AT, 0);
  }

  /** The wait status; empty if the kernel has none to tell, or none yet. */
  public OptionalInt waitStatus() {
    boolean told = (memory.buffer().getLong(MASK_AT) & MASK_EXIT) != 0;
    return told ? OptionalInt.of(memory.buffer().getInt(STATUS_AT)) : OptionalInt.empty();
  }
}
