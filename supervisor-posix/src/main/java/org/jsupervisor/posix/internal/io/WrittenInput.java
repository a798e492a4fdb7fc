package org.jsupervisor.posix.internal.io;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.InputPipes;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;

/**
 * The writing end of the pipe of one run. It is never used after it is closed: its number may be
 * another file's then, so both happen under the lock, which is held for a call that does not block.
 */
final class WrittenInput implements ChildInput {
  private static final int CLOSED = -1;

  /** As much as a pipe takes. */
  private static final int CHUNK_BYTES = 1 << 16;

  private final Incarnation incarnation;
  private final End end;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private int writeEnd;
  // Made at the first use, and let go at the end.
  private @Nullable NativeMemory chunk;

  /** A descriptor, which is non-blocking, and who knows what to do with it. */
  record End(Libc libc, InputPipes pipes, int descriptor) {}

  /** Owns the descriptor. */
  WrittenInput(Incarnation incarnation, End end) {
    this.incarnation = incarnation;
    this.end = end;
    writeEnd = end.descriptor();
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public OptionalInt write(ByteBuffer bytes) {
    lock.lock();
    try {
      int taken = 0;
      while (writeEnd != CLOSED && bytes.hasRemaining()) {
        int count = writeSome(bytes);
        taken += count;
        if (count == 0) {
          break;
        }
      }
      return writeEnd == CLOSED && taken == 0 ? OptionalInt.empty() : OptionalInt.of(taken);
    } finally {
      lock.unlock();
    }
  }

  /** How much was taken; 0 if nothing, for now or, if it is closed by that, for ever. */
  private int writeSome(ByteBuffer bytes) {
    if (chunk == null) {
      chunk = new NativeMemory(CHUNK_BYTES);
    }
    NativeMemory memory = chunk;
    int count = Math.min(bytes.remaining(), CHUNK_BYTES);
    memory.buffer().put(0, bytes, bytes.position(), count);
    long written;
    try {
      do {
        written = end.pipes().write(writeEnd, memory.address(), count);
      } while (written == -Errno.EINTR);
    } finally {
      Reference.reachabilityFence(memory);
    }
    if (written >= 0) {
      bytes.position(bytes.position() + (int) written);
      return (int) written;
    }
    if (written != -Errno.EAGAIN) {
      // EPIPE. The JVM ignores SIGPIPE.
      close();
    }
    return 0;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (writeEnd != CLOSED) {
        end.libc().close(writeEnd);
        writeEnd = CLOSED;
        chunk = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
