package org.jsupervisor.definition;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.spec.ReadinessSpec;

/** The keys of a service file that say when it is ready. */
final class ReadyKeys {
  private static final Map<String, ReadinessSpec.Kind> KINDS =
      Map.of(
          "launch", ReadinessSpec.Kind.AT_LAUNCH,
          "alive", ReadinessSpec.Kind.ALIVE_FOR,
          "notify", ReadinessSpec.Kind.NOTIFIED,
          "completed", ReadinessSpec.Kind.COMPLETED);
  private static final Duration AFTER = Duration.ofSeconds(1);
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private ReadyKeys() {}

  /** Empty if a value is refused. */
  static Optional<ReadinessSpec> read(ServiceProperties properties) {
    Optional<Duration> after = properties.duration(ServiceKey.READY_AFTER);
    Optional<Integer> descriptor = properties.integer(ServiceKey.READY_DESCRIPTOR);
    Optional<Duration> within = properties.duration(ServiceKey.READY_WITHIN);
    Optional<ReadinessSpec.Kind> chosen = properties.choice(ServiceKey.READY, KINDS);
    if (properties.has(ServiceKey.READY) && chosen.isEmpty()) {
      return Optional.empty();
    }
    ReadinessSpec.Kind kind = chosen.orElse(ReadinessSpec.Kind.ALIVE_FOR);
    refuseWhatDoesNotFit(properties, kind);
    return switch (kind) {
      case AT_LAUNCH -> Optional.of(ReadinessSpec.atLaunch());
      case ALIVE_FOR ->
          properties.build(
              () -> ReadinessSpec.aliveFor(after.orElse(AFTER)), ServiceKey.READY_AFTER);
      case NOTIFIED -> notified(properties, descriptor, within.orElse(WITHIN));
      case COMPLETED ->
          properties.build(
              () -> ReadinessSpec.completed(within.orElse(WITHIN)), ServiceKey.READY_WITHIN);
    };
  }

  private static void refuseWhatDoesNotFit(ServiceProperties properties, ReadinessSpec.Kind kind) {
    if (kind != ReadinessSpec.Kind.ALIVE_FOR) {
      properties.refuse("is for ready=alive only", ServiceKey.READY_AFTER);
    }
    if (kind != ReadinessSpec.Kind.NOTIFIED) {
      properties.refuse("is for ready=notify only", ServiceKey.READY_DESCRIPTOR);
    }
    if (kind != ReadinessSpec.Kind.NOTIFIED && kind != ReadinessSpec.Kind.COMPLETED) {
      properties.refuse("is for ready=notify and ready=completed only", ServiceKey.READY_WITHIN);
    }
  }

  private static Optional<ReadinessSpec> notified(
      ServiceProperties properties, Optional<Integer> descriptor, Duration within) {
    if (!properties.has(ServiceKey.READY_DESCRIPTOR)) {
      properties.problem(ServiceKey.READY, "needs ready.descriptor");
    }
    return descriptor.flatMap(
        number ->
            properties.build(
                () -> new ReadinessSpec.Notified(number, within),
                ServiceKey.READY_DESCRIPTOR,
                ServiceKey.READY_WITHIN));
  }
}
