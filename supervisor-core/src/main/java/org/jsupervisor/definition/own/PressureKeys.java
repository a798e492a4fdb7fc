package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.spec.BackPressure;

/**
 * The keys of a service file that say what happens when one place is slow or fails.
 *
 * @param kind what happens
 * @param budget how much may wait
 * @param file where it waits
 */
record PressureKeys(ServiceKey kind, ServiceKey budget, ServiceKey file) {
  private enum Kind {
    BLOCK,
    LOSE,
    DROP_OLDEST,
    DROP_NEWEST,
    SPILL
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "block",
          Kind.BLOCK,
          "lose",
          Kind.LOSE,
          "drop-oldest",
          Kind.DROP_OLDEST,
          "drop-newest",
          Kind.DROP_NEWEST,
          "spill",
          Kind.SPILL);

  private static final long MEMORY_BYTES = 1L << 20;
  private static final long FILE_BYTES = 100L << 20;

  /** What has waited longest is dropped, of a megabyte. */
  static BackPressure usualOfSinks() {
    return BackPressure.dropOldest(MEMORY_BYTES);
  }

  /** What they say; empty if nothing, or what is refused. A file is this one unless it is named. */
  Optional<BackPressure> read(ServiceProperties properties, Path usualFile) {
    Optional<Kind> chosen = properties.choice(kind, KINDS);
    if (chosen.filter(k -> k == Kind.SPILL).isEmpty()) {
      properties.refuse("is for " + kind.text() + "=spill only", file);
    }
    if (chosen.isEmpty()) {
      // A word that is none is a problem of its own.
      if (!properties.has(kind)) {
        refuseBudget(properties);
      }
      return Optional.empty();
    }
    return switch (chosen.get()) {
      case BLOCK -> withoutBudget(properties, BackPressure.block());
      case LOSE -> withoutBudget(properties, BackPressure.loseRefused());
      case DROP_OLDEST -> drop(properties, BackPressure.End.OLDEST);
      case DROP_NEWEST -> drop(properties, BackPressure.End.NEWEST);
      case SPILL -> spill(properties, usualFile);
    };
  }

  private Optional<BackPressure> withoutBudget(
      ServiceProperties properties, BackPressure pressure) {
    refuseBudget(properties);
    return Optional.of(pressure);
  }

  private void refuseBudget(ServiceProperties properties) {
    properties.refuse("is for " + kind.text() + "=drop-oldest, drop-newest and spill only", budget);
  }

  private Optional<BackPressure> drop(ServiceProperties properties, BackPressure.End end) {
    long bytes = properties.size(budget).orElse(MEMORY_BYTES);
    return properties.build(() -> new BackPressure.Drop(end, bytes), budget);
  }

  private Optional<BackPressure> spill(ServiceProperties properties, Path usualFile) {
    long bytes = properties.size(budget).orElse(FILE_BYTES);
    Path place =
        ServiceSpecs.path(properties, file)
            .map(path -> usualFile.resolveSibling(path).normalize())
            .orElse(usualFile);
    return properties.build(() -> BackPressure.spill(place, bytes), budget);
  }
}
