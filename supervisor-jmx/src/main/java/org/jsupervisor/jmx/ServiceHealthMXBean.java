package org.jsupervisor.jmx;

import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * Whether a service is well, and by which rule that is known. The view {@code Health} of a {@link
 * ServiceMXBean}, and there as long as that is; attributes hold what that promises of its own.
 */
@Description("A service's health: whether it is ready, by which rule, and what watches it")
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public interface ServiceHealthMXBean {
  /** The bean of the service. */
  @Description("Bean of the service")
  ObjectName getService();

  /** Whether it is as wanted: up means ready or finished, down means that there is no process. */
  @Description(
      "Whether it is as wanted: UP means ready or finished, DOWN that there is no process, ONCE that"
          + " it runs")
  boolean isAsWanted();

  /** Whether it said so, or its readiness rule did. */
  @Description("Whether it is ready; only in phase RUNNING")
  boolean isReady();

  /** What its process has last said of itself. */
  @Description(
      "What its process has last said of itself, kept until the next run; empty if nothing")
  String getStatus();

  /** By which rule it counts as ready; null for a supervisor. */
  @Description(
      "By which rule it counts as ready: AT_LAUNCH, ALIVE_FOR, NOTIFIED, NOTIFIED_BY_SOCKET, PROBED"
          + " or COMPLETED; null for a supervisor, which is ready by its children")
  ReadinessSpec.@Nullable Kind getReadiness();

  /** How long it may take to become ready; null if that has no limit of its own. */
  @Description(
      "How long it may take to become ready, or has to live for it; null if the rule has no time")
  @Units("ms")
  @Nullable Long getReadyWithinMillis();

  /** What is asked; null without a probe. */
  @Description("Kind of its probe: TCP, UNIX_SOCKET, HTTP, FILE, COMMAND or LOG_LINE; null if none")
  Probe.@Nullable Kind getProbeKind();

  /** What is asked, one phrase; null without a probe. */
  @Description("What its probe asks, without the arguments of a command; null if it has none")
  @Nullable String getProbe();

  /** How long after an attempt that has failed the next one begins; null without a probe. */
  @Description("How long after a failed attempt its probe asks again; null if it has none")
  @Units("ms")
  @Nullable Long getProbeIntervalMillis();

  /** How long one attempt may take; null without a probe. */
  @Description("How long one attempt of its probe may take; null if it has none")
  @Units("ms")
  @Nullable Long getProbeTimeoutMillis();

  /** How long it may give no sign of life; null without a watchdog. */
  @Description("How long it may give no sign of life before it is stopped; null without a watchdog")
  @Units("ms")
  @Nullable Long getWatchdogMillis();

  /** Restarts because it had not become ready in its time. */
  @Description("Restarts because it had not become ready in its time")
  @Units("restarts")
  @MetricType(MetricType.COUNTER)
  long getStartTimeoutCount();

  /** Restarts because it had missed its watchdog. */
  @Description("Restarts because it had missed its watchdog")
  @Units("restarts")
  @MetricType(MetricType.COUNTER)
  long getWatchdogCount();

  /** After which ends it is started again. */
  @Description(
      "After which ends it is started again: PERMANENT (all), TRANSIENT (abnormal) or TEMPORARY"
          + " (none)")
  @Nullable RestartType getRestartType();
}
