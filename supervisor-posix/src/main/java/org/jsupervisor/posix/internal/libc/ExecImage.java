package org.jsupervisor.posix.internal.libc;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What {@code execve} gets, in one block of memory that is filled anew for each launch:
 *
 * <pre>
 *   argv[0] ... argv[n-1] NULL   envp[0] ... envp[m-1] NULL   path NUL   texts, each with its NUL
 * </pre>
 *
 * <p>Not thread-safe: it belongs to the thread that spawns.
 */
public final class ExecImage {
  private static final int USUAL_BYTES = 64 * 1024;

  private NativeMemory memory = new NativeMemory(USUAL_BYTES);
  private long environment;
  private long path;

  /** Writes a launch over the one before. All texts are without NUL. */
  public void fill(byte[] program, List<byte[]> arguments, List<byte[]> variables) {
    int pointers = arguments.size() + variables.size() + 2;
    int texts = program.length + 1 + bytes(arguments) + bytes(variables);
    reserve(pointers * Long.BYTES + texts);
    ByteBuffer buffer = memory.buffer();
    int pointerAt = 0;
    buffer.position(pointers * Long.BYTES);
    for (byte[] argument : arguments) {
      buffer.putLong(pointerAt, append(argument));
      pointerAt += Long.BYTES;
    }
    buffer.putLong(pointerAt, 0);
    pointerAt += Long.BYTES;
    environment = memory.address() + pointerAt;
    for (byte[] variable : variables) {
      buffer.putLong(pointerAt, append(variable));
      pointerAt += Long.BYTES;
    }
    buffer.putLong(pointerAt, 0);
    path = append(program);
  }

  long path() {
    return path;
  }

  long arguments() {
    return memory.address();
  }

  long environment() {
    return environment;
  }

  private long append(byte[] text) {
    ByteBuffer buffer = memory.buffer();
    long address = memory.address() + buffer.position();
    buffer.put(text).put((byte) 0);
    return address;
  }

  /**
   * One huge launch must not hold its memory for ever, so a big block is given up for a usual one.
   */
  private void reserve(int bytes) {
    if (bytes > memory.buffer().capacity() || memory.buffer().capacity() > USUAL_BYTES) {
      memory = new NativeMemory(Math.max(bytes, USUAL_BYTES));
    }
    memory.buffer().clear();
  }

  private static int bytes(List<byte[]> texts) {
    int sum = 0;
    for (byte[] text : texts) {
      sum = Math.addExact(sum, text.length + 1);
    }
    return sum;
  }
}
