package org.jsupervisor.posix;

import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.WaitInfo;

/** Something else in the host that reaps a child of ours. */
final class ReaperThief {
  private ReaperThief() {}

  static void killAndReap(long pid) {
    Libc libc = Libc.load();
    libc.signalGroupNumber(pid, 9);
    libc.reapKilled(pid, new WaitInfo());
  }

  /** Leaves the rest of its group alone. */
  static void killAndReapAlone(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    Libc.load().reapKilled(pid, new WaitInfo());
  }

  /** Waits for its end. */
  static void reap(long pid) {
    Libc.load().reapKilled(pid, new WaitInfo());
  }
}
