package org.jsupervisor.posix.internal.libc;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jsupervisor.process.Signal;

/** The numbers of signals on this Linux. Immutable. */
public final class SignalNumbers {
  public static final int KILL = 9;
  public static final int STOP = 19;

  private static final String REAL_TIME_FIRST = "RTMIN";
  private static final String REAL_TIME_LAST = "RTMAX";

  // As on x86, ARM, RISC-V, POWER and s390; MIPS, SPARC, Alpha and PA-RISC number them differently.
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "HUP"),
          Map.entry(2, "INT"),
          Map.entry(3, "QUIT"),
          Map.entry(4, "ILL"),
          Map.entry(5, "TRAP"),
          Map.entry(6, "ABRT"),
          Map.entry(7, "BUS"),
          Map.entry(8, "FPE"),
          Map.entry(KILL, "KILL"),
          Map.entry(10, "USR1"),
          Map.entry(11, "SEGV"),
          Map.entry(12, "USR2"),
          Map.entry(13, "PIPE"),
          Map.entry(14, "ALRM"),
          Map.entry(15, "TERM"),
          Map.entry(16, "STKFLT"),
          Map.entry(17, "CHLD"),
          Map.entry(18, "CONT"),
          Map.entry(STOP, "STOP"),
          Map.entry(20, "TSTP"),
          Map.entry(21, "TTIN"),
          Map.entry(22, "TTOU"),
          Map.entry(23, "URG"),
          Map.entry(24, "XCPU"),
          Map.entry(25, "XFSZ"),
          Map.entry(26, "VTALRM"),
          Map.entry(27, "PROF"),
          Map.entry(28, "WINCH"),
          Map.entry(29, "IO"),
          Map.entry(30, "PWR"),
          Map.entry(31, "SYS"));

  private static final Map<String, Integer> NUMBERS = numbers();

  private final int realTimeMin;
  private final int realTimeMax;

  SignalNumbers(int realTimeMin, int realTimeMax) {
    this.realTimeMin = realTimeMin;
    this.realTimeMax = realTimeMax;
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (Map.Entry<Integer, String> named : NAMES.entrySet()) {
      numbers.put(named.getValue(), named.getKey());
    }
    return Map.copyOf(numbers);
  }

  /** The numbers that the C library has; it keeps the first real-time signals to itself. */
  public static SignalNumbers of(Libc libc) {
    return new SignalNumbers(
        libc.binding().__libc_current_sigrtmin(), libc.binding().__libc_current_sigrtmax());
  }

  /** The number; empty if this system has no such signal. */
  public OptionalInt number(Signal signal) {
    String name = signal.name();
    Integer named = NUMBERS.get(name);
    if (named != null) {
      return OptionalInt.of(named);
    }
    if (name.startsWith(REAL_TIME_FIRST)) {
      return realTime(realTimeMin + offset(name, REAL_TIME_FIRST));
    }
    if (name.startsWith(REAL_TIME_LAST)) {
      return realTime(realTimeMax + offset(name, REAL_TIME_LAST));
    }
    return Character.isDigit(name.charAt(0))
        ? numbered(Integer.parseInt(name))
        : OptionalInt.empty();
  }

  /** The signal with this number, by name if it has one. */
  public Signal signal(int number) {
    String name = NAMES.get(number);
    if (name != null) {
      return new Signal(name);
    }
    if (number >= realTimeMin && number <= realTimeMax) {
      int offset = number - realTimeMin;
      return new Signal(offset == 0 ? REAL_TIME_FIRST : REAL_TIME_FIRST + "+" + offset);
    }
    return new Signal(Integer.toString(number));
  }

  private OptionalInt numbered(int number) {
    return NAMES.containsKey(number) ? OptionalInt.of(number) : realTime(number);
  }

  private OptionalInt realTime(int number) {
    return number >= realTimeMin && number <= realTimeMax
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  /** What follows the name is nothing, or a sign and digits: the pattern of Signal sees to it. */
  private static int offset(String name, String prefix) {
    String rest = name.substring(prefix.length());
    return rest.isEmpty() ? 0 : Integer.parseInt(rest);
  }
}
