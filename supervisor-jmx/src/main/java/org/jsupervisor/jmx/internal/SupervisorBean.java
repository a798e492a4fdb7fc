package org.jsupervisor.jmx.internal;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import javax.management.ObjectName;
import org.jsupervisor.Request;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.jmx.SupervisorMXBean;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;

/** The bean of the tree. Thread-safe. */
final class SupervisorBean implements SupervisorMXBean {
  private final Supervisor supervisor;
  private final BeanNames names;
  private final PlatformBean platform;
  private final ServiceBeans services;
  private final Deliveries deliveries;

  SupervisorBean(Tree tree, PlatformBean platform, ServiceBeans services, Deliveries deliveries) {
    this.supervisor = tree.supervisor();
    this.names = tree.names();
    this.platform = platform;
    this.services = services;
    this.deliveries = deliveries;
  }

  @Override
  public String getName() {
    return supervisor.name();
  }

  @Override
  public TreePhase getPhase() {
    return supervisor.snapshot().phase();
  }

  @Override
  public String getReason() {
    return supervisor.snapshot().reason();
  }

  @Override
  public boolean isReady() {
    return supervisor.snapshot().isReady();
  }

  @Override
  public boolean isTemplate() {
    return supervisor.hasTemplate(ChildId.ROOT);
  }

  @Override
  public int getChildCount() {
    return children().size();
  }

  @Override
  public int getUpCount() {
    return count(child -> child.desire() == Desire.UP);
  }

  @Override
  public int getRunningCount() {
    return count(Phase.RUNNING);
  }

  @Override
  public int getReadyCount() {
    return count(ChildSnapshot::ready);
  }

  @Override
  public int getBackoffCount() {
    return count(Phase.BACKOFF);
  }

  @Override
  public int getQuarantinedCount() {
    return count(Phase.QUARANTINED);
  }

  @Override
  public int getFailedCount() {
    return count(Phase.FAILED);
  }

  @Override
  public int getUnkillableCount() {
    return count(Phase.UNKILLABLE);
  }

  @Override
  public ObjectName[] getViews() {
    return new ObjectName[] {names.engine(), names.platform()};
  }

  @Override
  public ObjectName[] getServiceNames() {
    return children().stream()
        .map(child -> services.nameOf(child.id()))
        .filter(Objects::nonNull)
        .toArray(ObjectName[]::new);
  }

  @Override
  public int getMissingServiceCount() {
    return count(child -> services.nameOf(child.id()) == null);
  }

  @Override
  public long getNotificationsDropped() {
    return deliveries.dropped();
  }

  @Override
  public String stop(String reason) {
    Request request = Console.request(reason);
    return Console.answer(
        () -> supervisor.stop(request), 0, SupervisorBean::text, () -> "phase " + getPhase());
  }

  @Override
  public String[] selfTest() {
    return platform.selfTest();
  }

  private static String text(StopReport report) {
    String left =
        report.unkillable().isEmpty() ? "" : ", could not be killed: " + report.unkillable();
    return "stopped: " + report.cause() + ", " + report.reason() + left;
  }

  private int count(Phase phase) {
    return count(child -> child.phase() == phase);
  }

  private int count(Predicate<ChildSnapshot> condition) {
    return Math.toIntExact(children().stream().filter(condition).count());
  }

  private List<ChildSnapshot> children() {
    return supervisor.snapshot().children();
  }
}
