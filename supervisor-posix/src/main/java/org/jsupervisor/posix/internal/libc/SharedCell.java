package org.jsupervisor.posix.internal.libc;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A number in memory that another process reads from a file without a name. C may write it: what it
 * writes is there at once, even if the JVM is stopped or killed before the call returns to Java.
 *
 * <p>Mapped by C: the JDK makes its mapped buffers by reflection, which takes a new JVM 20 ms.
 *
 * <p>Written by one thread at a time. Any thread may close it: the memory is given back when no
 * call holds it.
 */
public final class SharedCell {
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;
  private static final long CLOSED = 0;

  private final Libc libc;
  private final int descriptor;
  private final NativeMemory memory;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private boolean held;
  private boolean closed;

  /** Holds 0. */
  public SharedCell(Libc libc, String name) throws SyscallException {
    this.libc = libc;
    descriptor = libc.files().memoryFile(name);
    try {
      libc.writeAt(descriptor, new NativeMemory(Integer.BYTES), 0);
      memory = map(libc, descriptor, name);
    } catch (SyscallException | RuntimeException | Error e) {
      libc.close(descriptor);
      throw e;
    }
  }

  private static NativeMemory map(Libc libc, int descriptor, String name) throws SyscallException {
    long result = libc.binding().mmap(Integer.BYTES, PROT_READ_WRITE, MAP_SHARED, descriptor);
    long address = CFunction.checked(result);
    if (address < 0) {
      throw new SyscallException("mmap", (int) -address, name);
    }
    try {
      return NativeMemory.at(address, Integer.BYTES);
    } catch (RuntimeException | Error e) {
      libc.binding().munmap(address, Integer.BYTES);
      throw e;
    }
  }

  /** The file, to be inherited. */
  public int descriptor() {
    return descriptor;
  }

  /** Makes it 0, unless it is closed. */
  public void clear() {
    if (hold() != CLOSED) {
      memory.buffer().putInt(0, 0);
      letGo();
    }
  }

  /** Where it is, until {@link #letGo}; 0 if it is closed. */
  long hold() {
    lock.lock();
    try {
      held = !closed;
      return closed ? CLOSED : memory.address();
    } finally {
      lock.unlock();
    }
  }

  /** What is in it, while it is held. */
  int value() {
    return memory.buffer().getInt(0);
  }

  /** The end of what {@link #hold} began. */
  void letGo() {
    lock.lock();
    try {
      held = false;
      if (closed) {
        unmap();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes the file, and gives the memory back as soon as nobody holds it. Once. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      libc.close(descriptor);
      if (!held) {
        unmap();
      }
    } finally {
      lock.unlock();
    }
  }

  private void unmap() {
    libc.binding().munmap(memory.address(), Integer.BYTES);
  }
}
