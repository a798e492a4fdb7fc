package org.jsupervisor.jmx;

import javax.management.ObjectName;
import org.jsupervisor.snapshot.TreePhase;

/**
 * A tree. All attributes are cheap, never block and never throw; each is read for itself, so two
 * attributes may belong to different moments.
 *
 * <p>Notifications: {@code jmx.attribute.change} when {@code Phase} changes.
 */
@Description("A supervisor: the tree of services that an application keeps running")
public interface SupervisorMXBean {
  /** The name of the root supervisor. */
  @Description("Name of the supervisor")
  String getName();

  /** What the tree is. */
  @Description("What the tree is: NEW, RUNNING, STOPPING or STOPPED")
  TreePhase getPhase();

  /** Why the phase is what it is. */
  @Description("Why the phase is what it is")
  String getReason();

  /** Whether the tree runs and every child that is wanted up is ready or finished. */
  @Description("Whether the tree runs and every service that is wanted up is ready or finished")
  boolean isReady();

  /** Whether the children of the root supervisor are instances of a template. */
  @Description("Whether the services below the root are instances of a template")
  boolean isTemplate();

  /** How many children there are. */
  @Description("Services in the tree")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getChildCount();

  /** How many children are wanted up. */
  @Description("Services that are wanted up")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getUpCount();

  /** How many children have a process that was not asked to end. */
  @Description("Services in phase RUNNING, ready or not")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getRunningCount();

  /** How many children are ready. */
  @Description("Services that are ready")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getReadyCount();

  /** How many children wait for their next start. */
  @Description("Services in phase BACKOFF: they ended and wait for their next start")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getBackoffCount();

  /** How many children are set aside. */
  @Description("Services in phase QUARANTINED: set aside after too many restarts")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getQuarantinedCount();

  /** How many children stay down until an operator says otherwise. */
  @Description("Services in phase FAILED: down until an operator says otherwise")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getFailedCount();

  /** How many children did not even end after KILL. */
  @Description("Services in phase UNKILLABLE: they did not end, not even after KILL")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getUnkillableCount();

  /** Its views. */
  @Description("Beans with more about this tree: its engine and its platform")
  ObjectName[] getViews();

  /** The beans of the children, in start order. */
  @Description("Beans of the services, in start order")
  ObjectName[] getServiceNames();

  /** How many children have no bean: just added, or their name is taken. */
  @Description("Services without a bean: just added, or their object name is taken")
  @Units("services")
  @MetricType(MetricType.GAUGE)
  int getMissingServiceCount();

  /** How many events were not told to JMX clients since the registration. */
  @Description("Events that were not delivered as notifications since the registration")
  @Units("events")
  @MetricType(MetricType.COUNTER)
  long getNotificationsDropped();

  /**
   * Stops all children in reverse start order, then the tree. Does not wait: the end shows in
   * {@code Phase} and as its notification.
   *
   * @return a word for people on how that went
   * @throws IllegalArgumentException if the reason is blank, too long, has control characters or is
   *     the untouched {@code String} of a console
   * @throws IllegalStateException if it was refused
   */
  @Description("Stops all services in reverse start order, then the tree; does not wait for it")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.DEFINE)
  String stop(@ParameterName("reason") @Description("Why, one phrase for the log") String reason);

  /**
   * Tries on this host what the platform promises of children, with some of its own that do not
   * show in the tree and are gone when it returns. A line for each check: {@code PASSED} or {@code
   * FAILED}, what was tried, and what was seen. Takes a fraction of a second, half a minute at most
   * if the host does not answer. The same as {@link PlatformMXBean#selfTest}, where its outcome can
   * be looked at later.
   */
  @Description(
      "Starts processes of its own and tells whether they started clean and could be ended: a line"
          + " for each check; the tree is left alone")
  @Impact(Impact.Kind.ACTION_INFO)
  @NeededRole(Role.OPERATE)
  String[] selfTest();
}
