package org.jsupervisor.posix.internal.proc;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The line in {@code /proc/PID/stat}, as far as it is used here. Its second field is the name of
 * the program, which may hold anything, so counting begins behind the last bracket.
 *
 * @param state the letter of the state
 * @param flags what the kernel notes of it
 * @param group its process group
 * @param session its session
 * @param userTicks processor time in the program's own code
 * @param systemTicks processor time in the kernel
 * @param threads how many it has
 * @param startTicks when it started, since the machine did: with the number it is the identity of a
 *     process
 * @param residentPages how much of its memory is resident
 * @param codeEnd where its code ends; 0 while it exchanges its program, and the last of these that
 *     the kernel sets then
 * @param environmentStart where the variables begin that it was started with; 0 while it exchanges
 *     its program, for threads of the kernel, and for who may not look
 * @param environmentEnd where they end
 */
public record ProcStat(
    char state,
    long flags,
    long group,
    long session,
    long userTicks,
    long systemTicks,
    int threads,
    long startTicks,
    long residentPages,
    long codeEnd,
    long environmentStart,
    long environmentEnd) {
  // Numbers of fields as in proc(5).
  private static final int STATE = 3;
  private static final int GROUP = 5;
  private static final int SESSION = 6;
  private static final int FLAGS = 9;
  private static final int USER_TICKS = 14;
  private static final int SYSTEM_TICKS = 15;
  private static final int THREADS = 20;
  private static final int START_TICKS = 22;
  private static final int RESIDENT_PAGES = 24;
  private static final int CODE_END = 27;
  // Since Linux 3.5.
  private static final int ENVIRONMENT_START = 50;
  private static final int ENVIRONMENT_END = 51;
  private static final long KERNEL_THREAD = 0x0020_0000;

  /** Empty if this is no such line. */
  public static Optional<ProcStat> parse(ByteBuffer line, int length) {
    int at = length - 1;
    while (at >= 0 && line.get(at) != ')') {
      at--;
    }
    // Behind the bracket: a blank, the state, a blank.
    int stateAt = at + 2;
    if (at < 0 || stateAt + 2 >= length) {
      return Optional.empty();
    }
    long[] fields = new long[ENVIRONMENT_END + 1];
    int last = numbers(line, stateAt + 2, length, fields);
    if (last < RESIDENT_PAGES) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcStat(
            (char) line.get(stateAt),
            fields[FLAGS],
            fields[GROUP],
            fields[SESSION],
            fields[USER_TICKS],
            fields[SYSTEM_TICKS],
            Math.toIntExact(fields[THREADS]),
            fields[START_TICKS],
            fields[RESIDENT_PAGES],
            fields[CODE_END],
            fields[ENVIRONMENT_START],
            fields[ENVIRONMENT_END]));
  }

  /** Whether nothing of it is left but its entry. */
  public boolean isEnded() {
    return state == 'Z' || state == 'X';
  }

  /**
   * Whether it was started without any variable: then an empty environment is all there is. Not
   * while it exchanges its program: when the kernel has begun to fill in the variables, they end
   * where they start for a moment, too.
   */
  public boolean hasEmptyEnvironment() {
    boolean isEmpty = environmentEnd != 0 && environmentEnd == environmentStart;
    return (flags & KERNEL_THREAD) != 0 || (isEmpty && codeEnd != 0);
  }

  /** The number of the last field that was read. Negative ones are read as their digits. */
  private static int numbers(ByteBuffer line, int from, int length, long[] fields) {
    int field = STATE + 1;
    for (int at = from; at < length; at++) {
      byte next = line.get(at);
      if (next >= '0' && next <= '9') {
        fields[field] = fields[field] * 10 + (next - '0');
      } else if (next == ' ' || next == '\n') {
        if (++field > ENVIRONMENT_END) {
          return ENVIRONMENT_END;
        }
      }
    }
    return field - 1;
  }
}
