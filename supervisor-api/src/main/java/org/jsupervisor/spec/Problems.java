package org.jsupervisor.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;

/**
 * Collects the problems of one description, so that all of them are told at once. Not thread-safe.
 */
final class Problems {
  /** A hundred years: far below the overflow of nanoseconds in a long. */
  static final Duration DURATION_MAX = Duration.ofDays(36_500);

  private final List<SpecProblem> found = new ArrayList<>();

  void add(String path, String value, String rule) {
    found.add(new SpecProblem(path, value, rule));
  }

  void add(SpecProblem problem) {
    found.add(problem);
  }

  void addAll(String prefix, InvalidSpecException refusal) {
    refusal.problems().forEach(problem -> found.add(problem.under(prefix)));
  }

  void requirePositive(String path, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(DURATION_MAX) > 0) {
      add(
          path,
          value.toString(),
          "must be positive and at most " + DURATION_MAX.toDays() + " days");
    }
  }

  /** Who is ready by completing must not be started again for that, nor be forgotten. */
  void requireCompletion(String path, ReadinessSpec readiness, RestartPolicy restart) {
    if (readiness.kind() == ReadinessSpec.Kind.COMPLETED
        && restart.type() != RestartType.TRANSIENT) {
      add(path, restart.type().toString(), "must be TRANSIENT if it is ready by completing");
    }
  }

  /** A watchdog counts from readiness, which a child that completes has only when it is over. */
  void requireReadyForWatchdog(String path, ReadinessSpec readiness, Watchdog watchdog) {
    if (readiness.kind() == ReadinessSpec.Kind.COMPLETED && watchdog.within().isPresent()) {
      add(
          path + ": watchdog",
          watchdog.within().get().toString(),
          "must be off if it is ready by completing");
    }
  }

  /** A task has no socket, and nobody outside the JVM to ask. */
  void requireReadinessOfTask(String path, ReadinessSpec readiness) {
    switch (readiness.kind()) {
      case NOTIFIED_BY_SOCKET, PROBED ->
          add(path, readiness.kind().toString(), "must not be the readiness of a task");
      case AT_LAUNCH, ALIVE_FOR, NOTIFIED, COMPLETED -> {}
    }
  }

  /** Refuses a number alone. */
  static void requireRange(String path, long value, long min, long max) {
    if (value < min || value > max) {
      throw new InvalidSpecException(
          List.of(new SpecProblem(path, Long.toString(value), "must be " + min + " to " + max)));
    }
  }

  /** Refuses if anything was found. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidSpecException(found);
    }
  }
}
