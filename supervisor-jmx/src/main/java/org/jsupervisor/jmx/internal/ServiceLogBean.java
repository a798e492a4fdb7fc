package org.jsupervisor.jmx.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.management.ObjectName;
import org.jsupervisor.jmx.LogFilesReport;
import org.jsupervisor.jmx.RouteReport;
import org.jsupervisor.jmx.ServiceLogMXBean;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.DestinationSnapshot.State;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/** The view of one child's output. Thread-safe. */
final class ServiceLogBean implements ServiceLogMXBean {
  private final Child child;

  ServiceLogBean(Child child) {
    this.child = child;
  }

  private List<DestinationSnapshot> destinations() {
    return child.supervisor().destinations(child.id());
  }

  @Override
  public ObjectName getService() {
    return child.names().service();
  }

  @Override
  public RouteReport[] getRoutes() {
    ProcessSpec process = child.process();
    return process == null
        ? new RouteReport[0]
        : Routes.of(process.output()).toArray(RouteReport[]::new);
  }

  @Override
  public LogFilesReport[] getLogFiles() {
    ProcessSpec process = child.process();
    if (process == null) {
      return new LogFilesReport[0];
    }
    Map<String, Optional<LogSizes>> sizes = new LinkedHashMap<>();
    destinations().forEach(each -> sizes.put(each.place(), each.sizes()));
    List<LogFilesReport> reports = new ArrayList<>();
    for (OutputSpec.Destination each : process.output().destinations()) {
      if (each instanceof OutputSpec.Logged logged) {
        String place = each.place();
        reports.add(report(place, logged.log(), sizes.getOrDefault(place, Optional.empty())));
      }
    }
    return reports.stream().distinct().toArray(LogFilesReport[]::new);
  }

  private static LogFilesReport report(String place, LogSpec log, Optional<LogSizes> sizes) {
    return new LogFilesReport(
        place,
        sizes.map(LogSizes::currentBytes).orElse(null),
        sizes.map(LogSizes::oldFiles).orElse(null),
        sizes.map(LogSizes::oldBytes).orElse(null),
        log.fileBytesMax(),
        log.oldFilesMax(),
        log.oldBytesMax().isPresent() ? log.oldBytesMax().getAsLong() : null);
  }

  @Override
  public long getCurrentBytes() {
    return sum(LogSizes::currentBytes);
  }

  @Override
  public int getOldFileCount() {
    return Math.toIntExact(sum(LogSizes::oldFiles));
  }

  @Override
  public long getOldBytes() {
    return sum(LogSizes::oldBytes);
  }

  private long sum(ToLongFunction<LogSizes> part) {
    return destinations().stream().flatMap(each -> each.sizes().stream()).mapToLong(part).sum();
  }

  @Override
  public long getWaitingBytes() {
    return destinations().stream().mapToLong(DestinationSnapshot::waitingBytes).sum();
  }

  @Override
  public long getLostBytes() {
    return child.now().counters().outputBytesLost();
  }

  @Override
  public int getBehindCount() {
    return count(State.BEHIND);
  }

  @Override
  public int getFailingCount() {
    return count(State.FAILING);
  }

  private int count(State state) {
    return Math.toIntExact(destinations().stream().filter(each -> each.state() == state).count());
  }

  @Override
  public String getLastFailure() {
    return destinations().stream()
        .map(DestinationSnapshot::lastFailure)
        .filter(failure -> !failure.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public String rotate(String reason) {
    return child.ask(Command.ROTATE, Console.request(reason), Child.AT_ONCE_SECONDS);
  }

  @Override
  public String[] tail(int lines) {
    return Tail.of(child, lines);
  }

  @Override
  public String[] lastLines(long incarnation) {
    return Tail.of(child, incarnation);
  }
}
