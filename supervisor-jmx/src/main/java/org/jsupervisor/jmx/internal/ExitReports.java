package org.jsupervisor.jmx.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.ExitReport;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.ResourceUsage;

/** Turns the end of a run into what JMX tells of it. */
final class ExitReports {
  /** The type of {@link #composite}: the same as the attribute {@code LastExit} has. */
  static final CompositeType TYPE = type();

  private ExitReports() {}

  static ExitReport of(Exit exit) {
    ExitStatus status = exit.status();
    return new ExitReport(
        exit.incarnation().number(),
        status.kind(),
        status instanceof ExitStatus.Exited exited ? exited.code() : null,
        status instanceof ExitStatus.Signalled signalled ? signalled.signal().name() : null,
        status instanceof ExitStatus.Signalled signalled && signalled.coreDumped(),
        exit.cause(),
        exit.ran().toMillis(),
        exit.describe(),
        exit.usage().map(used -> used.userTime().toMillis()).orElse(null),
        exit.usage().map(used -> used.systemTime().toMillis()).orElse(null),
        exit.usage().map(ExitReports::peak).orElse(null),
        exit.usage().map(ResourceUsage::minorFaults).orElse(null),
        exit.usage().map(ResourceUsage::majorFaults).orElse(null),
        exit.usage().map(ResourceUsage::voluntarySwitches).orElse(null),
        exit.usage().map(ResourceUsage::involuntarySwitches).orElse(null));
  }

  private static @Nullable Long peak(ResourceUsage used) {
    return used.peakMemoryBytes().isPresent() ? used.peakMemoryBytes().getAsLong() : null;
  }

  /** For notifications, whose user data the MBean server does not convert. */
  static CompositeData composite(ExitReport report) {
    Map<String, @Nullable Object> items = new LinkedHashMap<>();
    items.put("incarnation", report.incarnation());
    items.put("kind", report.kind().name());
    items.put("code", report.code());
    items.put("signal", report.signal());
    items.put("coreDumped", report.coreDumped());
    items.put("cause", report.cause().name());
    items.put("ranMillis", report.ranMillis());
    items.put("description", report.description());
    items.put("userMillis", report.userMillis());
    items.put("systemMillis", report.systemMillis());
    items.put("peakMemoryBytes", report.peakMemoryBytes());
    items.put("minorFaults", report.minorFaults());
    items.put("majorFaults", report.majorFaults());
    items.put("voluntarySwitches", report.voluntarySwitches());
    items.put("involuntarySwitches", report.involuntarySwitches());
    try {
      return new CompositeDataSupport(TYPE, items);
    } catch (OpenDataException bug) {
      throw new IllegalStateException("exit report does not fit its own type", bug);
    }
  }

  private static CompositeType type() {
    Map<String, OpenType<?>> items = new LinkedHashMap<>();
    items.put("incarnation", SimpleType.LONG);
    items.put("kind", SimpleType.STRING);
    items.put("code", SimpleType.INTEGER);
    items.put("signal", SimpleType.STRING);
    items.put("coreDumped", SimpleType.BOOLEAN);
    items.put("cause", SimpleType.STRING);
    items.put("ranMillis", SimpleType.LONG);
    items.put("description", SimpleType.STRING);
    items.put("userMillis", SimpleType.LONG);
    items.put("systemMillis", SimpleType.LONG);
    items.put("peakMemoryBytes", SimpleType.LONG);
    items.put("minorFaults", SimpleType.LONG);
    items.put("majorFaults", SimpleType.LONG);
    items.put("voluntarySwitches", SimpleType.LONG);
    items.put("involuntarySwitches", SimpleType.LONG);
    String[] names = items.keySet().toArray(new String[0]);
    OpenType<?>[] types = items.values().toArray(new OpenType<?>[0]);
    String name = ExitReport.class.getName();
    try {
      return new CompositeType(name, "the end of one run", names, names, types);
    } catch (OpenDataException bug) {
      throw new IllegalStateException("the type of exit reports is malformed", bug);
    }
  }
}
