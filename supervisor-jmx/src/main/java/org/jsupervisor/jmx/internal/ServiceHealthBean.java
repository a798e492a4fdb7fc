package org.jsupervisor.jmx.internal;

import java.time.Duration;
import java.util.Optional;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.ServiceHealthMXBean;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.WorkerSpec;

/** The view of one child's health. Thread-safe. */
final class ServiceHealthBean implements ServiceHealthMXBean {
  private final Child child;

  ServiceHealthBean(Child child) {
    this.child = child;
  }

  private Optional<ReadinessSpec> readiness() {
    return child.spec().orElse(null) instanceof WorkerSpec worker
        ? Optional.of(worker.readiness())
        : Optional.empty();
  }

  private Optional<ReadinessSpec.Probed> probed() {
    return readiness()
        .filter(ReadinessSpec.Probed.class::isInstance)
        .map(ReadinessSpec.Probed.class::cast);
  }

  @Override
  public ObjectName getService() {
    return child.names().service();
  }

  @Override
  public boolean isAsWanted() {
    return child.now().isAsWanted();
  }

  @Override
  public boolean isReady() {
    return child.now().ready();
  }

  @Override
  public String getStatus() {
    return child.now().status();
  }

  @Override
  public ReadinessSpec.@Nullable Kind getReadiness() {
    return readiness().map(ReadinessSpec::kind).orElse(null);
  }

  @Override
  public @Nullable Long getReadyWithinMillis() {
    return readiness().flatMap(ServiceHealthBean::time).map(Duration::toMillis).orElse(null);
  }

  private static Optional<Duration> time(ReadinessSpec rule) {
    return switch (rule.kind()) {
      case AT_LAUNCH -> Optional.empty();
      case ALIVE_FOR -> Optional.of(((ReadinessSpec.AliveFor) rule).time());
      case NOTIFIED -> Optional.of(((ReadinessSpec.Notified) rule).within());
      case NOTIFIED_BY_SOCKET -> Optional.of(((ReadinessSpec.NotifiedBySocket) rule).within());
      case PROBED -> Optional.of(((ReadinessSpec.Probed) rule).within());
      case COMPLETED -> Optional.of(((ReadinessSpec.Completed) rule).within());
    };
  }

  @Override
  public Probe.@Nullable Kind getProbeKind() {
    return probed().map(rule -> rule.probe().kind()).orElse(null);
  }

  @Override
  public @Nullable String getProbe() {
    return probed().map(rule -> rule.probe().describe()).orElse(null);
  }

  @Override
  public @Nullable Long getProbeIntervalMillis() {
    return probed().map(rule -> rule.interval().toMillis()).orElse(null);
  }

  @Override
  public @Nullable Long getProbeTimeoutMillis() {
    return probed().map(rule -> rule.timeout().toMillis()).orElse(null);
  }

  @Override
  public @Nullable Long getWatchdogMillis() {
    ProcessSpec process = child.process();
    return process == null
        ? null
        : process.watchdog().within().map(Duration::toMillis).orElse(null);
  }

  @Override
  public long getStartTimeoutCount() {
    return child.now().counters().restartsByCause().startTimeouts();
  }

  @Override
  public long getWatchdogCount() {
    return child.now().counters().restartsByCause().watchdogs();
  }

  @Override
  public @Nullable RestartType getRestartType() {
    return child.spec().map(spec -> spec.restart().type()).orElse(null);
  }
}
