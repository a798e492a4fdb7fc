package org.jsupervisor.definition.own;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsupervisor.definition.own.ServiceProperties.Bound;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.ExponentialBackoff;
import org.jsupervisor.policy.LinearBackoff;
import org.jsupervisor.policy.StepsBackoff;

/** The keys of a service file that say how long it waits before a restart. */
final class BackoffKeys {
  private enum Kind {
    NONE,
    FIXED,
    LINEAR,
    STEPS,
    EXPONENTIAL
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "none", Kind.NONE,
          "fixed", Kind.FIXED,
          "linear", Kind.LINEAR,
          "steps", Kind.STEPS,
          "exponential", Kind.EXPONENTIAL);
  private static final Bound INITIAL =
      new Bound(ServiceKey.RESTART_BACKOFF_INITIAL, Duration.ofMillis(200));
  private static final Bound CAP =
      new Bound(ServiceKey.RESTART_BACKOFF_CAP, Duration.ofSeconds(30));
  private static final double FACTOR = 2;
  private static final Pattern FACTORS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?");
  private static final int JITTER_PERCENT = 20;
  private static final int JITTER_PERCENT_MAX = 50;

  private final ServiceProperties properties;

  BackoffKeys(ServiceProperties properties) {
    this.properties = properties;
  }

  /** Empty if a value is refused. */
  Optional<Backoff> read() {
    Optional<Kind> chosen = properties.choice(ServiceKey.RESTART_BACKOFF, KINDS);
    if (properties.has(ServiceKey.RESTART_BACKOFF) && chosen.isEmpty()) {
      return Optional.empty();
    }
    Kind kind = chosen.orElse(Kind.EXPONENTIAL);
    refuseWhatDoesNotFit(kind);
    return switch (kind) {
      case NONE -> Optional.of(Backoff.none());
      case FIXED -> {
        Duration delay = properties.duration(INITIAL.key()).orElse(INITIAL.byDefault());
        yield properties.build(() -> Backoff.fixed(delay), INITIAL.key());
      }
      case LINEAR -> {
        double jitter = jitter();
        yield properties.range(INITIAL, CAP, (step, cap) -> new LinearBackoff(step, cap, jitter));
      }
      case STEPS -> steps();
      case EXPONENTIAL -> {
        double jitter = jitter();
        double factor = factor(jitter);
        yield properties.range(
            INITIAL, CAP, (initial, cap) -> new ExponentialBackoff(initial, factor, cap, jitter));
      }
    };
  }

  private void refuseWhatDoesNotFit(Kind kind) {
    if (kind == Kind.NONE) {
      properties.refuse(
          "has no effect with restart.backoff=none",
          ServiceKey.RESTART_BACKOFF_INITIAL,
          ServiceKey.RESTART_BACKOFF_CAP,
          ServiceKey.RESTART_BACKOFF_JITTER);
    }
    if (kind == Kind.FIXED) {
      properties.refuse(
          "has no effect with restart.backoff=fixed",
          ServiceKey.RESTART_BACKOFF_CAP,
          ServiceKey.RESTART_BACKOFF_JITTER);
    }
    if (kind != Kind.EXPONENTIAL) {
      properties.refuse(
          "is for restart.backoff=exponential only", ServiceKey.RESTART_BACKOFF_FACTOR);
    }
    if (kind != Kind.STEPS) {
      properties.refuse("is for restart.backoff=steps only", ServiceKey.RESTART_BACKOFF_STEPS);
    }
  }

  private double factor(double jitter) {
    ServiceKey key = ServiceKey.RESTART_BACKOFF_FACTOR;
    Optional<String> text = properties.text(key);
    if (text.filter(number -> !FACTORS.matcher(number).matches()).isPresent()) {
      properties.problem(key, "must be a number with at most three decimals, as in 1.5");
      return FACTOR;
    }
    Duration any = CAP.byDefault();
    return text.map(Double::valueOf)
        .flatMap(f -> properties.build(() -> new ExponentialBackoff(any, f, any, jitter), key))
        .map(ExponentialBackoff::factor)
        .orElse(FACTOR);
  }

  private Optional<Backoff> steps() {
    if (!properties.has(ServiceKey.RESTART_BACKOFF_STEPS)) {
      properties.problem(ServiceKey.RESTART_BACKOFF, "needs restart.backoff.steps");
    }
    double jitter = jitter();
    Optional<Integer> steps =
        properties
            .integer(ServiceKey.RESTART_BACKOFF_STEPS)
            .flatMap(
                number ->
                    properties.build(
                        () -> new StepsBackoff(CAP.byDefault(), CAP.byDefault(), number, jitter),
                        ServiceKey.RESTART_BACKOFF_STEPS))
            .map(StepsBackoff::steps);
    int known = steps.orElse(1);
    Optional<Backoff> backoff =
        properties.range(
            INITIAL, CAP, (initial, cap) -> new StepsBackoff(initial, cap, known, jitter));
    return steps.isPresent() ? backoff : Optional.empty();
  }

  private double jitter() {
    int percent = properties.integer(ServiceKey.RESTART_BACKOFF_JITTER).orElse(JITTER_PERCENT);
    if (percent > JITTER_PERCENT_MAX) {
      properties.problem(
          ServiceKey.RESTART_BACKOFF_JITTER, "must be 0 to " + JITTER_PERCENT_MAX + " percent");
      return 0;
    }
    return percent / 100.0;
  }
}
