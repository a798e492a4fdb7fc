package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.definition.systemd.SystemdPolicy.Rule;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.Signal;

/** The directives of a unit that say what its end leads to. */
final class UnitRestart {
  private static final Map<String, Rule> RULES =
      Stream.of(Rule.values()).collect(Collectors.toMap(Rule::written, Function.identity()));

  /** The names of exit codes that sysexits.h has. */
  private static final List<String> SYSEXITS =
      List.of(
          "USAGE",
          "DATAERR",
          "NOINPUT",
          "NOUSER",
          "NOHOST",
          "UNAVAILABLE",
          "SOFTWARE",
          "OSERR",
          "OSFILE",
          "CANTCREAT",
          "IOERR",
          "TEMPFAIL",
          "PROTOCOL",
          "NOPERM",
          "CONFIG");

  private static final int SYSEXITS_FIRST = 64;

  /** All ends by code or signal. */
  private static final ExitSet ANY =
      ExitSet.codeRange(0, 255)
          .or(
              ExitSet.signals(
                  Stream.of(
                          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
                          "SEGV", "USR2", "PIPE", "ALRM", "TERM", "XCPU", "XFSZ", "SYS")
                      .map(Signal::new)
                      .toArray(Signal[]::new)));

  private final Unit unit;

  UnitRestart(Unit unit) {
    this.unit = unit;
  }

  /** The rule of a unit of this type, whose command may be allowed to fail. */
  SystemdPolicy read(UnitType type, boolean ignoresFailure) {
    Rule rule = unit.choice("Restart", RULES).orElse(Rule.NO);
    if (type == UnitType.ONESHOT && (rule == Rule.ALWAYS || rule == Rule.ON_SUCCESS)) {
      unit.findings()
          .problem(unit.place("Restart"), rule.written(), "must be another rule with Type=oneshot");
    }
    ExitSet clean = type == UnitType.ONESHOT ? ExitSet.CLEAN : ExitSet.SYSTEMD_CLEAN;
    SystemdPolicy.Exits exits =
        new SystemdPolicy.Exits(
            ignoresFailure ? ANY : clean.or(exits("SuccessExitStatus")),
            exits("RestartPreventExitStatus"),
            exits("RestartForceExitStatus"));
    Duration delay = unit.duration("RestartSec").orElse(Duration.ofMillis(100));
    Duration interval = unit.duration("StartLimitIntervalSec").orElse(Duration.ofSeconds(10));
    return new SystemdPolicy(rule, exits, delay, new SystemdPolicy.Limit(burst(), interval));
  }

  private int burst() {
    int burst = unit.integer("StartLimitBurst").orElse(5);
    if (burst < 0 || burst > RestartHistory.RESTARTS_MAX) {
      unit.findings()
          .problem(
              unit.place("StartLimitBurst"),
              Integer.toString(burst),
              "must be 0 to " + RestartHistory.RESTARTS_MAX);
    }
    return burst;
  }

  private ExitSet exits(String key) {
    Set<Integer> codes = new HashSet<>();
    Set<Signal> signals = new HashSet<>();
    for (String word : unit.words(key)) {
      int name = SYSEXITS.indexOf(word);
      if (name >= 0) {
        codes.add(SYSEXITS_FIRST + name);
      } else if (word.matches("[0-9]{1,3}")) {
        codes.add(Integer.valueOf(word));
      } else {
        unit.findings()
            .attempt(unit.place(key), word, () -> Signal.parse(word))
            .ifPresent(signals::add);
      }
    }
    return unit.attempt(key, () -> new ExitSet(codes, signals, Set.of())).orElse(ExitSet.NONE);
  }
}
