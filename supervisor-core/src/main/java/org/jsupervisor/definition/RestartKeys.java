package org.jsupervisor.definition;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.definition.ServiceProperties.Bound;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;

/** The keys of a service file that say what its exits lead to. */
final class RestartKeys {
  private enum BackoffKind {
    NONE,
    FIXED,
    EXPONENTIAL
  }

  private enum GiveUpKind {
    QUARANTINE,
    STAY_DOWN,
    ESCALATE
  }

  private static final Map<String, RestartType> TYPES =
      Map.of(
          "permanent", RestartType.PERMANENT,
          "transient", RestartType.TRANSIENT,
          "temporary", RestartType.TEMPORARY);
  private static final Map<String, BackoffKind> BACKOFFS =
      Map.of(
          "none", BackoffKind.NONE,
          "fixed", BackoffKind.FIXED,
          "exponential", BackoffKind.EXPONENTIAL);
  private static final Map<String, GiveUpKind> GIVE_UPS =
      Map.of(
          "quarantine", GiveUpKind.QUARANTINE,
          "stay-down", GiveUpKind.STAY_DOWN,
          "escalate", GiveUpKind.ESCALATE);
  private static final Bound INITIAL =
      new Bound(ServiceKey.RESTART_BACKOFF_INITIAL, Duration.ofMillis(200));
  private static final Bound CAP =
      new Bound(ServiceKey.RESTART_BACKOFF_CAP, Duration.ofSeconds(30));
  private static final int LIMIT = 5;
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final Duration RESET = Duration.ofSeconds(60);
  private static final Bound PAUSE =
      new Bound(ServiceKey.RESTART_QUARANTINE, Duration.ofMinutes(1));
  private static final Bound PAUSE_MAX =
      new Bound(ServiceKey.RESTART_QUARANTINE_MAX, Duration.ofHours(1));

  private final ServiceProperties properties;

  RestartKeys(ServiceProperties properties) {
    this.properties = properties;
  }

  /** Empty if a value is refused. */
  Optional<RestartPolicy> read() {
    RestartType type = properties.choice(ServiceKey.RESTART, TYPES).orElse(RestartType.TRANSIENT);
    Optional<Backoff> backoff = backoff();
    Optional<RestartLimit> limit = limit();
    Duration reset = properties.duration(ServiceKey.RESTART_RESET).orElse(RESET);
    Optional<GiveUp> giveUp = giveUp();
    if (type == RestartType.TEMPORARY) {
      refuseAllWithTemporary();
    }
    StandardRestartPolicy base = StandardRestartPolicy.of(type);
    return properties.build(
        () ->
            base.withBackoff(backoff.orElse(base.backoff()))
                .withLimit(limit.orElse(base.limit()))
                .withResetAfter(reset)
                .withGiveUp(giveUp.orElse(base.giveUp())),
        ServiceKey.RESTART_RESET);
  }

  private void refuseAllWithTemporary() {
    properties.refuse(
        "has no effect with restart=temporary",
        ServiceKey.RESTART_BACKOFF,
        ServiceKey.RESTART_BACKOFF_INITIAL,
        ServiceKey.RESTART_BACKOFF_CAP,
        ServiceKey.RESTART_LIMIT,
        ServiceKey.RESTART_PERIOD,
        ServiceKey.RESTART_RESET,
        ServiceKey.RESTART_GIVE_UP,
        ServiceKey.RESTART_QUARANTINE,
        ServiceKey.RESTART_QUARANTINE_MAX);
  }

  private Optional<Backoff> backoff() {
    Optional<BackoffKind> chosen = properties.choice(ServiceKey.RESTART_BACKOFF, BACKOFFS);
    if (properties.has(ServiceKey.RESTART_BACKOFF) && chosen.isEmpty()) {
      return Optional.empty();
    }
    return switch (chosen.orElse(BackoffKind.EXPONENTIAL)) {
      case NONE -> {
        properties.refuse(
            "has no effect with restart.backoff=none",
            ServiceKey.RESTART_BACKOFF_INITIAL,
            ServiceKey.RESTART_BACKOFF_CAP);
        yield Optional.of(Backoff.none());
      }
      case FIXED -> {
        properties.refuse(
            "is for restart.backoff=exponential only", ServiceKey.RESTART_BACKOFF_CAP);
        Duration delay = properties.duration(INITIAL.key()).orElse(INITIAL.byDefault());
        yield properties.build(() -> Backoff.fixed(delay), INITIAL.key());
      }
      case EXPONENTIAL -> properties.range(INITIAL, CAP, Backoff::exponential);
    };
  }

  private Optional<RestartLimit> limit() {
    int restarts = properties.integer(ServiceKey.RESTART_LIMIT).orElse(LIMIT);
    Duration period = properties.duration(ServiceKey.RESTART_PERIOD).orElse(PERIOD);
    // One by one, so that each bound is told at its own key.
    properties.build(() -> RestartIntensity.of(restarts, PERIOD), ServiceKey.RESTART_LIMIT);
    properties.build(() -> RestartIntensity.of(LIMIT, period), ServiceKey.RESTART_PERIOD);
    return properties.findings().count() > 0
        ? Optional.empty()
        : Optional.of(RestartIntensity.of(restarts, period));
  }

  private Optional<GiveUp> giveUp() {
    Optional<GiveUpKind> chosen = properties.choice(ServiceKey.RESTART_GIVE_UP, GIVE_UPS);
    if (properties.has(ServiceKey.RESTART_GIVE_UP) && chosen.isEmpty()) {
      return Optional.empty();
    }
    GiveUpKind kind = chosen.orElse(GiveUpKind.QUARANTINE);
    if (kind != GiveUpKind.QUARANTINE) {
      properties.refuse(
          "is for restart.give-up=quarantine only",
          ServiceKey.RESTART_QUARANTINE,
          ServiceKey.RESTART_QUARANTINE_MAX);
    }
    return switch (kind) {
      case QUARANTINE -> properties.range(PAUSE, PAUSE_MAX, GiveUp::quarantine);
      case STAY_DOWN -> Optional.of(GiveUp.stayDown());
      case ESCALATE -> Optional.of(GiveUp.escalate());
    };
  }
}
