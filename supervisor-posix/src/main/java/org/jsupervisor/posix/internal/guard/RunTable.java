package org.jsupervisor.posix.internal.guard;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;
import org.jsupervisor.posix.internal.libc.SharedCell;
import org.jsupervisor.posix.internal.libc.SyscallException;

/**
 * Which children die with the host, in a file in memory that the guard has inherited. Thread-safe.
 *
 * <pre>
 *   token
 *   runtime directory
 *   KIND PID NUMBER        a line of 32 bytes for each slot
 * </pre>
 *
 * <p>A slot is written by one call before the spawn, one after it, and one when the child has
 * ended, before it is reaped: a number in the table is never another's while the host lives. As
 * long as the table: the most children that lived at once.
 */
public final class RunTable implements AutoCloseable {
  /** Of a run that the guard leaves alone. */
  public static final int NO_SLOT = -1;

  private static final char FREE = '-';
  private static final int LINE_BYTES = 32;
  private static final int PID_END = 12;
  private static final int NUMBER_END = LINE_BYTES - 1;

  private final Libc libc;
  private final int descriptor;
  private final int headBytes;
  private final SharedCell startedPid;
  private final NativeMemory line = new NativeMemory(LINE_BYTES);
  private final BitSet used = new BitSet();
  private long lastNumber;
  private boolean closed;

  /** An empty table. */
  public RunTable(Libc libc, RunToken token, String runtimeDirectory) throws SyscallException {
    this.libc = libc;
    byte[] head = CString.bytes(token.prefix() + "\n" + runtimeDirectory + "\n");
    headBytes = head.length;
    descriptor = libc.memoryFile("jsupervisor-runs");
    NativeMemory memory = new NativeMemory(headBytes);
    memory.buffer().put(head);
    try {
      libc.writeAt(descriptor, memory, 0);
      startedPid = new SharedCell(libc, "jsupervisor-pid");
    } catch (SyscallException e) {
      libc.close(descriptor);
      throw e;
    }
  }

  /** The file, for the guard to inherit. */
  int descriptor() {
    return descriptor;
  }

  /**
   * Where C leaves the pid of what is being started: the guard reads it if the host is killed
   * before it can fill the slot.
   */
  public SharedCell startedPid() {
    return startedPid;
  }

  /** A process of this kind is about to be started; one at a time. */
  public synchronized RunMark begin(RunKind kind) throws SyscallException {
    long number = lastNumber + 1;
    int slot = NO_SLOT;
    if (kind != RunKind.SURVIVE) {
      slot = used.nextClearBit(0);
      startedPid.clear();
      // Upper case: it has no pid yet, so the guard has to be patient.
      write(slot, Character.toUpperCase(kind.letter()), 0, number);
      used.set(slot);
    }
    lastNumber = number;
    return new RunMark(number, kind, System.nanoTime(), slot);
  }

  /** It runs. */
  public synchronized void runs(RunMark mark, long pid) throws SyscallException {
    if (mark.slot() != NO_SLOT) {
      write(mark.slot(), mark.kind().letter(), pid, mark.number());
    }
  }

  /** It has ended, and its pid is about to be given back; or it never ran. */
  public synchronized void erase(RunMark mark) {
    if (mark.slot() == NO_SLOT) {
      return;
    }
    try {
      write(mark.slot(), FREE, 0, 0);
      used.clear(mark.slot());
    } catch (SyscallException e) {
      // The page is there: it was written before. If not, the slot is lost, and the guard will find
      // nobody, or somebody younger than the end of the host.
    }
  }

  private void write(int slot, char kind, long pid, long number) throws SyscallException {
    if (closed) {
      return;
    }
    ByteBuffer text = line.buffer();
    text.put(0, (byte) kind);
    writeDigits(pid, PID_END, 1);
    writeDigits(number, NUMBER_END, PID_END);
    text.put(NUMBER_END, (byte) '\n');
    libc.writeAt(descriptor, line, headBytes + (long) slot * LINE_BYTES);
  }

  /** The number, with blanks before it, between these two places. */
  private void writeDigits(long number, int end, int begin) {
    long left = number;
    int at = end;
    do {
      line.buffer().put(--at, (byte) ('0' + left % 10));
      left /= 10;
    } while (left > 0);
    while (at > begin) {
      line.buffer().put(--at, (byte) ' ');
    }
  }

  /** Releases our descriptor; a guard that still runs has its own. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      libc.close(descriptor);
      startedPid.close();
    }
  }
}
