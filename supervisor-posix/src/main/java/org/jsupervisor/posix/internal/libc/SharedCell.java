package org.jsupervisor.posix.internal.libc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A number in memory that another process reads from a file without a name. C may write it: what it
 * writes is there at once, even if the JVM is stopped or killed before the call returns to Java.
 *
 * <p>Written by one thread at a time.
 */
public final class SharedCell {
  private final Libc libc;
  private final int descriptor;
  private final NativeMemory memory;

  /** Holds 0. */
  public SharedCell(Libc libc, String name) throws SyscallException {
    this.libc = libc;
    descriptor = libc.files().memoryFile(name);
    try {
      libc.writeAt(descriptor, new NativeMemory(Integer.BYTES), 0);
      memory = new NativeMemory(map(descriptor));
    } catch (SyscallException | RuntimeException e) {
      libc.close(descriptor);
      throw e;
    }
  }

  private static ByteBuffer map(int descriptor) throws SyscallException {
    Path path = Path.of("/proc/self/fd/" + descriptor);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.BYTES)
          .order(ByteOrder.nativeOrder());
    } catch (IOException e) {
      throw new SyscallException("mmap", Errno.ENOMEM, e.toString());
    }
  }

  /** The file, to be inherited. */
  public int descriptor() {
    return descriptor;
  }

  /** Makes it 0. */
  public void clear() {
    memory.buffer().putInt(0, 0);
  }

  int value() {
    return memory.buffer().getInt(0);
  }

  long address() {
    return memory.address();
  }

  /** Closes the file; the memory lives as long as this object. */
  public void close() {
    libc.close(descriptor);
  }
}
