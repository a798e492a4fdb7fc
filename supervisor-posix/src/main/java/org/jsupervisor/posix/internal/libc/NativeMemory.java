package org.jsupervisor.posix.internal.libc;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that C can be given the address of. Freed with this object: whoever hands the address to a
 * call keeps the object in a field, or fences it, until the call is over.
 *
 * <p>Not thread-safe.
 */
public final class NativeMemory {
  private final ByteBuffer buffer;
  private final long address;

  /** Allocates zeroed memory. */
  public NativeMemory(int bytes) {
    this(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
  }

  /** Memory that there is already: a direct or mapped buffer. */
  NativeMemory(ByteBuffer buffer) {
    this.buffer = buffer;
    address = MemoryIO.getInstance().getDirectBufferAddress(buffer);
  }

  /** Where it is. */
  public long address() {
    return address;
  }

  /** The same memory, seen from Java, in the byte order of the machine. */
  public ByteBuffer buffer() {
    return buffer;
  }
}
