package org.jsupervisor.jmx;

import javax.management.ObjectName;

/**
 * The engine of a tree: its own counters, what it drops, what waits in its queues. All attributes
 * are cheap, never block and never throw; each is read for itself.
 */
@Description("The engine of a supervisor: its own counters, drops and queues")
public interface EngineMXBean {
  /** The most events of {@link #events}. */
  int EVENTS_MAX = 1000;

  /** The bean of the tree. */
  @Description("Bean of the supervisor")
  ObjectName getSupervisor();

  /** Inputs that the model was stepped with. */
  @Description("Inputs that it has worked off: reports, operations, deadlines")
  @Units("inputs")
  @MetricType(MetricType.COUNTER)
  long getStepCount();

  /** How many deadlines are set. */
  @Description("Deadlines that are set")
  @Units("deadlines")
  @MetricType(MetricType.GAUGE)
  int getDeadlineCount();

  /** How many operations it has taken up. */
  @Description("Operations that it has taken up")
  @Units("operations")
  @MetricType(MetricType.COUNTER)
  long getOperationCount();

  /** How many operations were refused. */
  @Description("Operations that were refused, or overtaken by another one")
  @Units("operations")
  @MetricType(MetricType.COUNTER)
  long getRefusedCount();

  /** How many of the refused found no room. */
  @Description("Refused operations that had found no room")
  @Units("operations")
  @MetricType(MetricType.COUNTER)
  long getOverloadedCount();

  /** How many operations wait to be taken up. */
  @Description("Operations that wait to be taken up")
  @Units("operations")
  @MetricType(MetricType.GAUGE)
  int getInboxSize();

  /** How many operations may wait to be taken up. */
  @Description("How many operations may wait to be taken up")
  @Units("operations")
  @MetricType(MetricType.GAUGE)
  int getInboxCapacity();

  /** How many operations are not done yet. */
  @Description("Operations that were taken up and are not done yet")
  @Units("operations")
  @MetricType(MetricType.GAUGE)
  int getOperationsUnderWay();

  /** How many operations may be under way. */
  @Description("How many operations may be under way")
  @Units("operations")
  @MetricType(MetricType.GAUGE)
  int getOperationsUnderWayMax();

  /** How many events were published. */
  @Description("Events that were published")
  @Units("events")
  @MetricType(MetricType.COUNTER)
  long getEventCount();

  /** How many events are kept for slow listeners. */
  @Description("How many events the ring keeps for slow listeners")
  @Units("events")
  @MetricType(MetricType.GAUGE)
  int getEventsKept();

  /** How many listeners there are. */
  @Description(
      "Listeners of the events, those of the log, of flight recordings and of JMX included")
  @Units("listeners")
  @MetricType(MetricType.GAUGE)
  int getListenerCount();

  /** How many events were overwritten before a listener had them. */
  @Description(
      "Events that were overwritten before a listener had them, for all listeners together")
  @Units("events")
  @MetricType(MetricType.COUNTER)
  long getEventsLost();

  /** By how many events the slowest listener is behind. */
  @Description("By how many events the slowest listener is behind")
  @Units("events")
  @MetricType(MetricType.GAUGE)
  long getListenerLag();

  /** How often a listener has thrown. */
  @Description("How often a listener, or what depends on the outcome of an operation, has thrown")
  @Units("failures")
  @MetricType(MetricType.COUNTER)
  long getListenerFailureCount();

  /** How many answers to operations are not delivered yet. */
  @Description("Answers to operations that are not delivered yet")
  @Units("answers")
  @MetricType(MetricType.GAUGE)
  int getOutcomesWaiting();

  /** How many events wait to be told to JMX clients. */
  @Description("Events that wait to become notifications here")
  @Units("events")
  @MetricType(MetricType.GAUGE)
  int getNotificationsWaiting();

  /** How many events were told to JMX clients. */
  @Description("Notifications that were sent since the registration, heard or not")
  @Units("notifications")
  @MetricType(MetricType.COUNTER)
  long getNotificationsSent();

  /** How many events were not told to JMX clients since the registration. */
  @Description("Events that were not delivered as notifications since the registration")
  @Units("events")
  @MetricType(MetricType.COUNTER)
  long getNotificationsDropped();

  /** How often the newest states were told in place of lost events. */
  @Description("How often the newest states were told in place of events that were dropped")
  @Units("times")
  @MetricType(MetricType.COUNTER)
  long getCoalescedCount();

  /** The newest events. */
  @Description(
      "Newest events, the oldest of them first: number, time in UTC, address or 'the tree', what has"
          + " happened")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OBSERVE)
  String[] events(
      @ParameterName("most") @Description("How many at most, 1 to " + EVENTS_MAX) @Units("events")
          int most);
}
