package org.jsupervisor.core.internal;

/** What is allocated: a measure of work that does not depend on the machine. */
public final class Allocation {
  private Allocation() {}

  /** What this thread has allocated on the heap so far; the module does not read management. */
  public static long bytes() {
    try {
      Object threads =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      return (long)
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long.class)
              .invoke(threads, Thread.currentThread().getId());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
