package org.jsupervisor.posix.internal.guard;

import java.nio.charset.StandardCharsets;
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
 *   KIND PID NUMBER NOTED  a line of 48 bytes for each slot
 * </pre>
 *
 * <p>NOTED is when the pid was written, in hundredths of a second since the machine started:
 * whoever has that number and was born later is a stranger, even if something else in the host has
 * reaped our child, so that nobody could keep its number.
 *
 * <p>A slot is written by one call before the spawn, one after it, and one when the child has
 * ended, before it is reaped: a number in the table is never another's while the host lives. As
 * long as the table: the most children that lived at once.
 */
public final class RunTable implements AutoCloseable {
  /** Of a run that the guard leaves alone. */
  public static final int NO_SLOT = -1;

  // USER_HZ, in which the kernel tells when a process was born.
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final String FREE_LINE = line('-', 0, 0, 0);
  private static final int LINE_BYTES = FREE_LINE.length();

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
    descriptor = libc.files().memoryFile("jsupervisor-runs");
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
      write(slot, line(Character.toUpperCase(kind.letter()), 0, number, 0));
      used.set(slot);
    }
    lastNumber = number;
    return new RunMark(number, kind, System.nanoTime(), slot);
  }

  /** It runs. */
  public synchronized void runs(RunMark mark, long pid) throws SyscallException {
    if (mark.slot() != NO_SLOT) {
      long noted = libc.sinceBootNanos() / NANOS_PER_TICK;
      write(mark.slot(), line(mark.kind().letter(), pid, mark.number(), noted));
    }
  }

  /** It has ended, and its pid is about to be given back; or it never ran. */
  public synchronized void erase(RunMark mark) {
    if (mark.slot() == NO_SLOT) {
      return;
    }
    try {
      write(mark.slot(), FREE_LINE);
      used.clear(mark.slot());
    } catch (SyscallException e) {
      // The page is there: it was written before. If not, the slot is lost, and the guard will find
      // nobody, or somebody younger than the note.
    }
  }

  private void write(int slot, String text) throws SyscallException {
    if (closed) {
      return;
    }
    line.buffer().put(0, text.getBytes(StandardCharsets.US_ASCII));
    libc.writeAt(descriptor, line, headBytes + (long) slot * LINE_BYTES);
  }

  private static String line(char kind, long pid, long number, long noted) {
    return kind + field(10, pid) + field(18, number) + field(15, noted) + "\n";
  }

  private static String field(int width, long value) {
    String digits = Long.toString(value);
    return " ".repeat(1 + width - digits.length()) + digits;
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
