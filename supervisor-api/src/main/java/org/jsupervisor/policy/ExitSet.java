package org.jsupervisor.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;

/**
 * Some of the ways in which a run can end: exit codes, signals (with or without a core file), and
 * {@linkplain ExitClass the rest}. Immutable; equal sets are equal however they were made.
 *
 * <pre>{@code
 * ExitSet.codes(0, 3, 4).or(ExitSet.signals(Signal.TERM)) // as parse("0, 3-4, TERM")
 * }</pre>
 *
 * @param codes exit codes, 0 to 255
 * @param signals the signals that end a run
 * @param classes the ends without code or signal
 */
public record ExitSet(Set<Integer> codes, Set<Signal> signals, Set<ExitClass> classes) {
  /** Nothing. */
  public static final ExitSet NONE = new ExitSet(Set.of(), Set.of(), Set.of());

  /** Exit code 0: what a program says that has finished its work. */
  public static final ExitSet CLEAN = codes(0);

  /**
   * What systemd takes for clean in services that are no oneshots: exit code 0, and the signals
   * HUP, INT, TERM and PIPE.
   */
  public static final ExitSet SYSTEMD_CLEAN =
      CLEAN.or(signals(Signal.HUP, Signal.INT, Signal.TERM, Signal.PIPE));

  /**
   * Exit code 125, s6's permanent failure. In s6 it is the {@code finish} script that says so; here
   * it is the program itself.
   */
  public static final ExitSet S6_PERMANENT_FAILURE = codes(125);

  /** Exit code 100, with which a {@code run} of daemontools-encore asks not to be restarted. */
  public static final ExitSet ENCORE_FAILED = codes(100);

  private static final int CODE_MAX = 255;
  private static final String NOTHING = "none";
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern CODES = Pattern.compile("([0-9]{1,3})(?:\\s*-\\s*([0-9]{1,3}))?");
  private static final String RULE =
      "must list exit codes (0 to 255, or ranges as 3-5), signals, launch-failed, host-shortage,"
          + " lost, with commas between, or be none";

  /** Checks the codes, and copies. */
  public ExitSet {
    for (int code : codes) {
      if (code < 0 || code > CODE_MAX) {
        throw new IllegalArgumentException("exit set: codes must be 0 to 255, was " + code);
      }
    }
    codes = Set.copyOf(codes);
    signals = Set.copyOf(signals);
    classes = Set.copyOf(classes);
  }

  /** These exit codes. */
  public static ExitSet codes(int... codes) {
    Set<Integer> all = new HashSet<>();
    for (int code : codes) {
      all.add(code);
    }
    return new ExitSet(all, Set.of(), Set.of());
  }

  /** The exit codes from the first to the last, both included. */
  public static ExitSet codeRange(int first, int last) {
    if (first < 0 || last > CODE_MAX || first > last) {
      throw new IllegalArgumentException(
          "exit set: a range of codes must lie in 0 to 255 and not run backwards, was "
              + first
              + "-"
              + last);
    }
    return codes(IntStream.rangeClosed(first, last).toArray());
  }

  /** An end by one of these signals. */
  public static ExitSet signals(Signal... signals) {
    return new ExitSet(Set.of(), new HashSet<>(List.of(signals)), Set.of());
  }

  /** These ends without code or signal. */
  public static ExitSet classes(ExitClass... classes) {
    return new ExitSet(Set.of(), Set.of(), new HashSet<>(List.of(classes)));
  }

  /**
   * Reads what people write, and what {@link #toString()} gives: codes, ranges, signals and classes
   * with commas between, for example {@code 0, 3-5, TERM, lost}; or {@code none}.
   *
   * @throws IllegalArgumentException with the first item that does not fit, and the rule
   */
  public static ExitSet parse(String text) {
    if (text.strip().equals(NOTHING)) {
      return NONE;
    }
    Set<Integer> codes = new HashSet<>();
    Set<Signal> signals = new HashSet<>();
    Set<ExitClass> classes = new HashSet<>();
    for (String each : COMMA.split(text, -1)) {
      ExitSet item = item(each.strip());
      codes.addAll(item.codes);
      signals.addAll(item.signals);
      classes.addAll(item.classes);
    }
    return new ExitSet(codes, signals, classes);
  }

  private static ExitSet item(String item) {
    Matcher codes = CODES.matcher(item);
    try {
      if (codes.matches()) {
        String last = codes.group(codes.group(2) == null ? 1 : 2);
        return codeRange(Integer.parseInt(codes.group(1)), Integer.parseInt(last));
      }
      return ExitClass.written(item).map(ExitSet::classes).orElseGet(() -> signal(item));
    } catch (IllegalArgumentException e) {
      String shown = item.replaceAll("[^\\x20-\\x7e]", "?");
      throw new IllegalArgumentException(
          "exit set: " + RULE + "; not '" + shown.substring(0, Math.min(shown.length(), 40)) + "'",
          e);
    }
  }

  private static ExitSet signal(String item) {
    return signals(Signal.parse(item));
  }

  /** What is in this set or in the other. */
  public ExitSet or(ExitSet other) {
    return new ExitSet(
        union(codes, other.codes), union(signals, other.signals), union(classes, other.classes));
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    Set<T> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  /** Whether this is one of the ends. Every status has an answer. */
  public boolean contains(ExitStatus status) {
    return switch (status.kind()) {
      case EXITED -> codes.contains(((ExitStatus.Exited) status).code());
      case SIGNALLED -> signals.contains(((ExitStatus.Signalled) status).signal());
      case COMPLETED -> false;
      case NEVER_STARTED, LOST, GAVE_UP, THREW, DECLINED ->
          ExitClass.of(status).filter(classes::contains).isPresent();
    };
  }

  /** As {@link #parse} reads it, for example {@code 0, 3-5, TERM, lost}. */
  @Override
  public String toString() {
    List<String> items = new ArrayList<>();
    List<Integer> sorted = codes.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      int first = sorted.get(i);
      while (i + 1 < sorted.size() && sorted.get(i + 1) == sorted.get(i) + 1) {
        i++;
      }
      items.add(first == sorted.get(i) ? "" + first : first + "-" + sorted.get(i));
    }
    Stream.concat(
            signals.stream().map(ExitSet::written).sorted(),
            classes.stream().sorted().map(ExitClass::toString))
        .forEach(items::add);
    return items.isEmpty() ? NOTHING : String.join(", ", items);
  }

  /** A signal without a name is a number, and a bare number would be read as an exit code. */
  private static String written(Signal signal) {
    return Character.isDigit(signal.name().charAt(0)) ? "SIG" + signal : signal.name();
  }
}
