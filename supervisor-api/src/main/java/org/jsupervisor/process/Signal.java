package org.jsupervisor.process;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A POSIX signal by its name without {@code SIG}. The number belongs to the operating system and is
 * known only to the platform.
 *
 * @param name for example {@code TERM} or {@code RTMIN+3}; {@code 64} for a number without a name
 */
public record Signal(String name) {
  // Before the constants, which are checked against these.
  private static final Set<String> NAMED =
      Set.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS", "EMT", "INFO");
  private static final Pattern NUMBERED =
      Pattern.compile("RT(MIN|MAX)|RTMIN\\+[0-9]{1,2}|RTMAX-[0-9]{1,2}|[1-9][0-9]{0,2}");

  public static final Signal HUP = new Signal("HUP");
  public static final Signal INT = new Signal("INT");
  public static final Signal QUIT = new Signal("QUIT");
  public static final Signal ABRT = new Signal("ABRT");
  public static final Signal KILL = new Signal("KILL");
  public static final Signal USR1 = new Signal("USR1");
  public static final Signal USR2 = new Signal("USR2");
  public static final Signal PIPE = new Signal("PIPE");
  public static final Signal ALRM = new Signal("ALRM");
  public static final Signal TERM = new Signal("TERM");
  public static final Signal CONT = new Signal("CONT");
  public static final Signal STOP = new Signal("STOP");
  public static final Signal WINCH = new Signal("WINCH");

  /**
   * Checks that the name is one of POSIX, Linux or BSD, a real-time signal, or a number.
   *
   * @throws IllegalArgumentException with the value and the rule
   */
  public Signal {
    if (!NAMED.contains(name) && !NUMBERED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "signal '"
              + name.replaceAll("[^\\x20-\\x7e]", "?")
              + "': must be a name such as TERM, HUP or RTMIN+1, or a number");
    }
  }

  /**
   * Reads a name as people write it: in any case, with or without {@code SIG}.
   *
   * @throws IllegalArgumentException if there is no such signal
   */
  public static Signal parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return new Signal(name.startsWith("SIG") ? name.substring(3) : name);
  }

  // By hand, like those of ChildId and Incarnation: what a record is given is put together by the
  // JVM at its first use, which would cost the first start of a host more than 10 ms.
  @Override
  public boolean equals(Object other) {
    return other instanceof Signal signal && name.equals(signal.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
