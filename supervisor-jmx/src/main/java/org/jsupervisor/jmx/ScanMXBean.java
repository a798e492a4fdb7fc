package org.jsupervisor.jmx;

import java.util.List;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.rescan.WatchState;

/**
 * The directory of definitions that a tree follows. All attributes are cheap, never block and never
 * throw; none reads the directory. No operation takes a path or a command line.
 */
@Description("A scan: the directory of definitions that a supervisor follows")
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public interface ScanMXBean {
  /** The most problems that are shown. */
  int PROBLEMS_MAX = 100;

  /** The most changes of a plan that are shown. */
  int CHANGES_MAX = 1_000;

  /** The bean of the tree. */
  @Description("Bean of the supervisor that follows the directory")
  ObjectName getSupervisor();

  /** The directory. */
  @Description("The directory that is followed")
  String getDirectory();

  /** Whether it is read again by itself. */
  @Description("Whether it is read again by itself: NONE, WATCHING, or INTERVAL without watches")
  WatchState getWatch();

  /** How many rescans were asked for and are not over. */
  @Description("Rescans that are under way, also those whose changed services are not judged yet")
  @Units("scans")
  @MetricType(MetricType.GAUGE)
  int getUnderWayCount();

  /** How many rescans are over. */
  @Description("Rescans that are over, failed ones too, since the tree began")
  @Units("scans")
  @MetricType(MetricType.COUNTER)
  long getScanCount();

  /** How many rescans could not read the directory. */
  @Description("Rescans that could not read the directory and have changed nothing")
  @Units("scans")
  @MetricType(MetricType.COUNTER)
  long getFailureCount();

  /** When the last rescan was over, at first when the tree began to follow; by the wall clock. */
  @Description("When the last scan was over")
  @Units("ms since 1970-01-01T00:00Z")
  long getLastScanTime();

  /** How long the last rescan took, with the judgement of what it has changed. */
  @Description("How long the last scan took, until what it has changed was judged")
  @Units("ms")
  @MetricType(MetricType.GAUGE)
  long getLastScanMillis();

  /** Who asked for the last rescan, and why. */
  @Description("Who asked for the last scan, and why")
  String getLastRequest();

  /** What the last rescan has done, in one line. */
  @Description("What the last scan has done, or why it could do nothing")
  String getLastResult();

  /** How many problems the last rescan has found. */
  @Description("Definitions that the last scan could not take, and operations that were refused")
  @Units("problems")
  @MetricType(MetricType.GAUGE)
  int getProblemCount();

  /** The first {@value #PROBLEMS_MAX} problems, each with file, line, value and rule. */
  @Description("What the last scan has found wrong: file, line and rule of the first 100")
  String[] getProblems();

  /** The first {@value #PROBLEMS_MAX} notes: what is in the directory and is not honoured. */
  @Description("What is in the directory and is not honoured: the first 100")
  String[] getNotes();

  /** When the directory was read for the last plan, by the wall clock; null if there is none. */
  @Description("When the directory was read for the last plan; null if nobody has asked for one")
  @Units("ms since 1970-01-01T00:00Z")
  @Nullable Long getLastPlanTime();

  /** The last plan as lines; empty if there is none. */
  @Description("The last plan, a line for each change and problem; see the operation plan")
  String[] getLastPlan();

  /** The last plan as rows, at most {@value #CHANGES_MAX}, those that change something first. */
  @Description("The last plan as rows, at most 1000: action, service, origin, reason")
  List<ChangeReport> getLastPlanRows();

  /**
   * Reads the directory and says what {@link #rescan} would do: a line for each change, then for
   * each problem, then for each service that is kept though it is defined otherwise. Nothing is
   * done. What stays unchanged is only counted. At most {@value #CHANGES_MAX} lines of changes, and
   * {@value #PROBLEMS_MAX} of problems.
   *
   * @param waitSeconds how long to wait for it, 0 to {@value ServiceMXBean#WAIT_SECONDS_MAX}; what
   *     takes longer shows in {@code LastPlan}
   * @throws IllegalArgumentException if the time is not within these bounds
   * @throws IllegalStateException if the directory cannot be read
   */
  @Description("Reads the directory and says what a rescan would do; nothing is done")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OBSERVE)
  String[] plan(
      @ParameterName("waitSeconds") @Description("How long to wait for it, 0 to 60") @Units("s")
          int waitSeconds);

  /**
   * Reads the directory and applies what has changed, also what was rolled back before.
   *
   * @param reason why, one phrase for the log
   * @param waitSeconds how long to wait until all is applied and judged, 0 to {@value
   *     ServiceMXBean#WAIT_SECONDS_MAX}; what takes longer goes on, and shows in {@code LastResult}
   * @return what was done, in one line
   * @throws IllegalArgumentException if the time is not within these bounds, or the reason is
   *     blank, too long, has control characters or is the untouched {@code String} of a console
   * @throws IllegalStateException if the directory cannot be read; then nothing has changed
   */
  @Description("Reads the directory and applies what has changed since")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.DEFINE)
  String rescan(
      @ParameterName("reason") @Description("Why, one phrase for the log") String reason,
      @ParameterName("waitSeconds")
          @Description("How long to wait until all is applied and judged, 0 to 60")
          @Units("s")
          int waitSeconds);
}
