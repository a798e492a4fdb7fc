package org.jsupervisor.posix.internal.libc;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * What {@code execve} gets, in one block of memory that is filled anew for each launch:
 *
 * <pre>
 *   argv[0] ... argv[n-1] NULL   envp[0] ... envp[m-1] NULL   texts, each with its NUL
 * </pre>
 *
 * <p>Variables that many launches have in common are not copied: see {@link SharedTexts}.
 *
 * <p>Not thread-safe: it belongs to the thread that spawns.
 */
public final class ExecImage {
  private static final int USUAL_BYTES = 64 * 1024;
  private static final SharedTexts.Selection NOTHING_SHARED =
      new SharedTexts(List.of()).without(new BitSet());

  private NativeMemory memory = new NativeMemory(USUAL_BYTES);
  private long environment;
  private long path;

  // What the image points to must live as long as it may be executed.
  @SuppressWarnings("unused")
  private SharedTexts.Selection shared = NOTHING_SHARED;

  /** Writes a launch over the one before. All texts are without NUL. */
  public void fill(byte[] program, List<byte[]> arguments, List<byte[]> variables) {
    fill(program, arguments, variables, NOTHING_SHARED);
  }

  /** The same with more variables, which are pointed to where they are. */
  public void fill(
      byte[] program,
      List<byte[]> arguments,
      List<byte[]> variables,
      SharedTexts.Selection sharedVariables) {
    int pointers = arguments.size() + 1 + variables.size() + sharedVariables.size() + 1;
    int texts = program.length + 1 + SharedTexts.bytes(arguments) + SharedTexts.bytes(variables);
    reserve(pointers * Long.BYTES + texts);
    shared = sharedVariables;
    ByteBuffer buffer = memory.buffer();
    buffer.position(pointers * Long.BYTES);
    int at = append(arguments, 0);
    buffer.putLong(at, 0);
    at += Long.BYTES;
    environment = memory.address() + at;
    at = sharedVariables.pointTo(buffer, append(variables, at));
    buffer.putLong(at, 0);
    path = append(program);
  }

  private int append(List<byte[]> texts, int pointerAt) {
    int at = pointerAt;
    for (byte[] text : texts) {
      memory.buffer().putLong(at, append(text));
      at += Long.BYTES;
    }
    return at;
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
}
