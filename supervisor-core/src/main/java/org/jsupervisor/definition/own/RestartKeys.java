package org.jsupervisor.definition.own;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jsupervisor.definition.own.ServiceProperties.Bound;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.DecayingLimit;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.policy.TokenBucket;

/** The keys of a service file that say what its exits lead to. */
final class RestartKeys {
  private enum LimitKind {
    WINDOW,
    BUCKET,
    DECAY,
    NONE
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
  private static final Map<String, LimitKind> LIMITS =
      Map.of(
          "window", LimitKind.WINDOW,
          "bucket", LimitKind.BUCKET,
          "decay", LimitKind.DECAY,
          "none", LimitKind.NONE);
  private static final Map<String, GiveUpKind> GIVE_UPS =
      Map.of(
          "quarantine", GiveUpKind.QUARANTINE,
          "stay-down", GiveUpKind.STAY_DOWN,
          "escalate", GiveUpKind.ESCALATE);
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
    StandardRestartPolicy base = StandardRestartPolicy.of(type);
    ExitSet clean = exits(ServiceKey.RESTART_CLEAN).orElse(base.exits().clean());
    ExitSet never = exits(ServiceKey.RESTART_NEVER).orElse(base.exits().never());
    ExitSet always = exits(ServiceKey.RESTART_ALWAYS).orElse(base.exits().always());
    Backoff backoff = new BackoffKeys(properties).read().orElse(base.backoff());
    RestartLimit limit = limit().orElse(base.limit());
    int startAttempts = startAttempts(base).orElse(base.startAttempts());
    Duration reset = properties.duration(ServiceKey.RESTART_RESET).orElse(RESET);
    GiveUp giveUp = giveUp().orElse(base.giveUp());
    refuseWhatDoesNotFit(type);
    return properties.build(
        () ->
            base.withClean(clean)
                .withNever(never)
                .withAlways(always)
                .withBackoff(backoff)
                .withLimit(limit)
                .withStartAttempts(startAttempts)
                .withResetAfter(reset)
                .withGiveUp(giveUp),
        ServiceKey.RESTART_RESET);
  }

  private void refuseWhatDoesNotFit(RestartType type) {
    if (type == RestartType.TEMPORARY) {
      properties.refuse("is not for restart=temporary", ServiceKey.RESTART_ALWAYS);
      ServiceKey[] others =
          Stream.of(ServiceKey.values())
              .filter(key -> key.text().startsWith(ServiceKey.RESTART.text() + "."))
              .filter(key -> key != ServiceKey.RESTART_ALWAYS)
              .toArray(ServiceKey[]::new);
      properties.refuse("has no effect with restart=temporary", others);
    }
    if (type == RestartType.PERMANENT && !properties.has(ServiceKey.RESTART_NEVER)) {
      properties.refuse("has no effect with restart=permanent", ServiceKey.RESTART_CLEAN);
    }
  }

  private Optional<ExitSet> exits(ServiceKey key) {
    return properties.text(key).flatMap(text -> properties.build(() -> ExitSet.parse(text), key));
  }

  private Optional<Integer> startAttempts(StandardRestartPolicy base) {
    ServiceKey key = ServiceKey.RESTART_START_ATTEMPTS;
    return properties
        .integer(key)
        .flatMap(number -> properties.build(() -> base.withStartAttempts(number), key))
        .map(StandardRestartPolicy::startAttempts);
  }

  private Optional<RestartLimit> limit() {
    Optional<LimitKind> chosen = properties.choice(ServiceKey.RESTART_LIMIT_KIND, LIMITS);
    if (properties.has(ServiceKey.RESTART_LIMIT_KIND) && chosen.isEmpty()) {
      return Optional.empty();
    }
    return switch (chosen.orElse(LimitKind.WINDOW)) {
      case WINDOW -> limit(RestartIntensity::of);
      case BUCKET -> limit(TokenBucket::of);
      case DECAY -> limit(DecayingLimit::of);
      case NONE -> {
        properties.refuse(
            "has no effect with restart.limit.kind=none",
            ServiceKey.RESTART_LIMIT,
            ServiceKey.RESTART_PERIOD);
        yield Optional.of(RestartLimit.none());
      }
    };
  }

  private Optional<RestartLimit> limit(BiFunction<Integer, Duration, RestartLimit> maker) {
    int restarts = properties.integer(ServiceKey.RESTART_LIMIT).orElse(LIMIT);
    Duration period = properties.duration(ServiceKey.RESTART_PERIOD).orElse(PERIOD);
    int before = properties.findings().count();
    // One by one, so that each bound is told at its own key.
    properties.build(() -> maker.apply(restarts, PERIOD), ServiceKey.RESTART_LIMIT);
    properties.build(() -> maker.apply(LIMIT, period), ServiceKey.RESTART_PERIOD);
    return properties.findings().count() > before
        ? Optional.empty()
        : properties.build(() -> maker.apply(restarts, period), ServiceKey.RESTART_PERIOD);
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
