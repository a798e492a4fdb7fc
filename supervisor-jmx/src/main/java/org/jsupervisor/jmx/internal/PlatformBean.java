package org.jsupervisor.jmx.internal;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Supervisor;
import org.jsupervisor.jmx.CapabilityReport;
import org.jsupervisor.jmx.PlatformMXBean;
import org.jsupervisor.process.SelfTestReport;

/** The bean of a tree's platform. Thread-safe. */
final class PlatformBean implements PlatformMXBean {
  private record Result(Instant at, SelfTestReport report) {}

  private final Supervisor supervisor;
  private final ObjectName supervisorName;
  private final AtomicBoolean underWay = new AtomicBoolean();

  /** Volatile: written by who tests, read by any. */
  private volatile @Nullable Result last;

  PlatformBean(Supervisor supervisor, ObjectName supervisorName) {
    this.supervisor = supervisor;
    this.supervisorName = supervisorName;
  }

  @Override
  public ObjectName getSupervisor() {
    return supervisorName;
  }

  @Override
  public CapabilityReport[] getCapabilities() {
    return supervisor.capabilities().stream()
        .map(each -> new CapabilityReport(each.name(), each.level(), each.detail()))
        .toArray(CapabilityReport[]::new);
  }

  @Override
  public @Nullable Long getSelfTestTime() {
    Result result = last;
    return result == null ? null : result.at().toEpochMilli();
  }

  @Override
  public @Nullable Boolean getSelfTestPassed() {
    Result result = last;
    return result == null ? null : result.report().passed();
  }

  @Override
  public String[] getSelfTestReport() {
    Result result = last;
    return result == null ? new String[0] : lines(result.report());
  }

  @Override
  public String[] selfTest() {
    if (!underWay.compareAndSet(false, true)) {
      throw new IllegalStateException("a self-test is under way: one at a time");
    }
    try {
      SelfTestReport report = supervisor.selfTest();
      last = new Result(Instant.now(), report);
      return lines(report);
    } finally {
      underWay.set(false);
    }
  }

  private static String[] lines(SelfTestReport report) {
    return report.checks().isEmpty()
        ? new String[] {"this platform has nothing to test"}
        : report.checks().stream().map(Object::toString).toArray(String[]::new);
  }
}
