package org.jsupervisor.posix.internal.libc;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that C can be given the address of. Freed with this object, unless it was there before:
 * whoever hands the address to a call keeps the object in a field, or fences it, until the call is
 * over.
 *
 * <p>Not thread-safe.
 */
public final class NativeMemory {
  private final ByteBuffer buffer;
  private final long address;

  /** Allocates zeroed memory. */
  public NativeMemory(int bytes) {
    buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    address = MemoryIO.getInstance().getDirectBufferAddress(buffer);
  }

  private NativeMemory(ByteBuffer buffer, long address) {
    this.buffer = buffer;
    this.address = address;
  }

  /** Memory that there is already. It must outlive this, and is not freed with it. */
  static NativeMemory at(long address, int bytes) {
    ByteBuffer there = MemoryIO.getInstance().newDirectByteBuffer(address, bytes);
    return new NativeMemory(there.order(ByteOrder.nativeOrder()), address);
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
