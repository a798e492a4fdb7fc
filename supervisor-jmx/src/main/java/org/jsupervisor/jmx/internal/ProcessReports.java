package org.jsupervisor.jmx.internal;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.ProcessReport;
import org.jsupervisor.process.ProcessFacts;

/** Turns the facts of a process into what JMX tells of them. */
final class ProcessReports {
  private ProcessReports() {}

  static ProcessReport of(ProcessFacts facts) {
    return new ProcessReport(
        facts.pid().value(),
        facts.state(),
        facts.startedAt().toEpochMilli(),
        facts.uptime().toMillis(),
        facts.userTime().toMillis(),
        facts.systemTime().toMillis(),
        facts.threads(),
        facts.residentBytes(),
        orNull(facts.proportionalBytes()),
        orNull(facts.descriptors()));
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}
