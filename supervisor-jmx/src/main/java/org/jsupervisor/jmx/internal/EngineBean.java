package org.jsupervisor.jmx.internal;

import javax.management.ObjectName;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.jmx.EngineMXBean;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.EngineSnapshot;

/** The bean of a tree's engine. Thread-safe. */
final class EngineBean implements EngineMXBean {
  /** Of a supervisor that does not tell. */
  private static final EngineSnapshot UNKNOWN =
      new EngineSnapshot(
          0,
          0,
          new EngineSnapshot.Operations(0, 0, 0, 0, 0, 0, 0),
          new EngineSnapshot.Events(0, 0, 0, 0, 0, 0, 0));

  private final Supervisor supervisor;
  private final ObjectName supervisorName;
  private final Deliveries deliveries;

  EngineBean(Supervisor supervisor, ObjectName supervisorName, Deliveries deliveries) {
    this.supervisor = supervisor;
    this.supervisorName = supervisorName;
    this.deliveries = deliveries;
  }

  private EngineSnapshot now() {
    return supervisor.engine().orElse(UNKNOWN);
  }

  @Override
  public ObjectName getSupervisor() {
    return supervisorName;
  }

  @Override
  public long getStepCount() {
    return now().steps();
  }

  @Override
  public int getDeadlineCount() {
    return now().deadlines();
  }

  @Override
  public long getOperationCount() {
    return now().operations().taken();
  }

  @Override
  public long getRefusedCount() {
    return now().operations().refused();
  }

  @Override
  public long getOverloadedCount() {
    return now().operations().overloaded();
  }

  @Override
  public int getInboxSize() {
    return now().operations().waiting();
  }

  @Override
  public int getInboxCapacity() {
    return now().operations().waitingMax();
  }

  @Override
  public int getOperationsUnderWay() {
    return now().operations().underWay();
  }

  @Override
  public int getOperationsUnderWayMax() {
    return now().operations().underWayMax();
  }

  @Override
  public long getEventCount() {
    return now().events().published();
  }

  @Override
  public int getEventsKept() {
    return now().events().kept();
  }

  @Override
  public int getListenerCount() {
    return now().events().listeners();
  }

  @Override
  public long getEventsLost() {
    return now().events().lost();
  }

  @Override
  public long getListenerLag() {
    return now().events().behindMax();
  }

  @Override
  public long getListenerFailureCount() {
    return now().events().failures();
  }

  @Override
  public int getOutcomesWaiting() {
    return now().events().outcomesWaiting();
  }

  @Override
  public int getNotificationsWaiting() {
    return deliveries.waiting();
  }

  @Override
  public long getNotificationsSent() {
    return deliveries.sent();
  }

  @Override
  public long getNotificationsDropped() {
    return deliveries.dropped();
  }

  @Override
  public long getCoalescedCount() {
    return deliveries.coalesced();
  }

  @Override
  public String[] events(int most) {
    if (most < 1 || most > EVENTS_MAX) {
      throw new IllegalArgumentException("most must be 1 to " + EVENTS_MAX + ", was " + most);
    }
    return supervisor.recentEvents(most).stream().map(EngineBean::text).toArray(String[]::new);
  }

  private static String text(PublishedEvent published) {
    ChildId child = published.event().child();
    return published.sequence()
        + " "
        + published.at()
        + " "
        + (child.isRoot() ? "the tree" : child.path())
        + ": "
        + published.event().describe();
  }
}
