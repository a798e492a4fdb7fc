package org.jsupervisor.posix.internal.io;

import java.nio.ByteBuffer;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;

/** Where the turns of one thread read to. Confined to whoever leads a pump with it. */
final class ReadBuffer {
  private final Libc libc;
  private final NativeMemory memory;
  private final int bytes;

  ReadBuffer(Libc libc, int bytes) {
    this.libc = libc;
    this.memory = new NativeMemory(bytes);
    this.bytes = bytes;
  }

  /** How much one read takes at most. */
  int bytes() {
    return bytes;
  }

  /** Fills it from its start; the result is that of {@link Libc#read}. */
  long read(int descriptor) {
    return read(descriptor, bytes);
  }

  /** As {@link #read(int)}, but takes no more than so many bytes, of those that fit. */
  long read(int descriptor, int most) {
    return libc.read(descriptor, memory.address(), Math.min(most, bytes));
  }

  ByteBuffer buffer() {
    return memory.buffer();
  }
}
