package org.jsupervisor.posix.internal.leftover;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;

/**
 * As many descriptors as one look at the processes needs, kept for it: a host that has none left
 * has no less to clean up. Another thread of the host can be faster to take one; then that look is
 * repeated, as long as there is time. Confined to one thread.
 */
final class SpareDescriptors {
  /** A pidfd, and a file of the process that it means. */
  private static final int COUNT = 2;

  private final Libc libc;
  private final List<Integer> held = new ArrayList<>();

  SpareDescriptors(Libc libc) {
    this.libc = libc;
    fill();
  }

  /** Does it, with the descriptors that are kept if there are no others. */
  void lendTo(Runnable look) {
    if (areNeeded()) {
      release();
    }
    try {
      look.run();
    } finally {
      fill();
    }
  }

  private boolean areNeeded() {
    List<Integer> others = new ArrayList<>();
    boolean areThere = openAll(others);
    others.forEach(libc::close);
    return !areThere;
  }

  /** Some may be missing, of a host in need: the next look may find them back. */
  private void fill() {
    boolean unused = openAll(held);
  }

  private boolean openAll(List<Integer> descriptors) {
    CString path = CString.of("/dev/null");
    while (descriptors.size() < COUNT) {
      int descriptor = libc.files().openToRead(path);
      if (descriptor < 0) {
        return false;
      }
      descriptors.add(descriptor);
    }
    return true;
  }

  void release() {
    held.forEach(libc::close);
    held.clear();
  }
}
