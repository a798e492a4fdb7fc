package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.util.Map;
import org.jsupervisor.spec.ReadinessSpec;

/** The values of {@code Type} that can be had here. */
enum UnitType {
  SIMPLE,
  EXEC,
  NOTIFY,
  ONESHOT,
  IDLE;

  private static final Duration START = Duration.ofSeconds(90);

  private static final Map<String, UnitType> WRITTEN =
      Map.of("simple", SIMPLE, "exec", EXEC, "notify", NOTIFY, "oneshot", ONESHOT, "idle", IDLE);

  /** The type of a unit; simple if it has none that can be had. */
  static UnitType of(Unit unit) {
    String written = unit.text("Type").orElse(unit.last("BusName").isPresent() ? "dbus" : "");
    if (written.equals("forking") || written.equals("dbus")) {
      unit.findings()
          .problem(
              unit.place("Type"),
              written,
              written.equals("forking")
                  ? "must not fork: run it in the foreground"
                  : "must not need a bus: there is none");
      return SIMPLE;
    }
    return unit.choice("Type", WRITTEN).orElse(SIMPLE);
  }

  /** When a unit of this type is ready. */
  ReadinessSpec readiness(Unit unit) {
    Duration asked =
        unit.duration(unit.later("TimeoutStartSec", "TimeoutSec"))
            .orElse(this == ONESHOT ? UnitTime.INFINITY : START);
    Duration within = asked.isZero() ? UnitTime.INFINITY : asked;
    return switch (this) {
      case SIMPLE, EXEC, IDLE -> ReadinessSpec.atLaunch();
      case NOTIFY -> new ReadinessSpec.NotifiedBySocket(within);
      case ONESHOT -> ReadinessSpec.completed(within);
    };
  }
}
