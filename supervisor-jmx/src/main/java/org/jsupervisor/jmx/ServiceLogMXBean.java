package org.jsupervisor.jmx;

import javax.management.ObjectName;
import org.jsupervisor.Supervisor;

/**
 * What becomes of the output of a service: where it goes, how big the logs are, what was lost. The
 * view {@code Log} of a {@link ServiceMXBean}, and there as long as that is; attributes and
 * operations hold what that promises of its own. A service that writes nowhere has this view too.
 */
@Description("A service's output: where it goes, how big its logs are, what was lost")
public interface ServiceLogMXBean {
  /** The most lines of {@link #tail} and {@link #lastLines}. */
  int LINES_MAX = Supervisor.LOGGED_LINES_MAX;

  /** The longest time that an operation waits for a disk. */
  int DISK_WAIT_SECONDS = 10;

  /** The bean of the service. */
  @Description("Bean of the service")
  ObjectName getService();

  /** Where its streams lead to. */
  @Description(
      "Where its stdout and stderr lead to (stream, kind of place, place), and what happens when"
          + " the place is slow or fails")
  RouteReport[] getRoutes();

  /** Its log directories. */
  @Description(
      "Its log directories: sizes as the writer knows them (null before it has written), and their"
          + " limits")
  LogFilesReport[] getLogFiles();

  /** All current files of its log directories together. */
  @Description("Size of the files that its log directories are writing, as far as it is known")
  @Units("bytes")
  @MetricType(MetricType.GAUGE)
  long getCurrentBytes();

  /** All old files of its log directories. */
  @Description("Old files in its log directories, as far as it is known")
  @Units("files")
  @MetricType(MetricType.GAUGE)
  int getOldFileCount();

  /** All old files of its log directories together. */
  @Description("Size of the old files in its log directories, as far as it is known")
  @Units("bytes")
  @MetricType(MetricType.GAUGE)
  long getOldBytes();

  /** What is held back for all places together. */
  @Description("Output that is held back for its places: in buffers, in spill files, or refused")
  @Units("bytes")
  @MetricType(MetricType.GAUGE)
  long getWaitingBytes();

  /** Output that could not be kept, by any of its places. */
  @Description("Output that could not be kept since the service was defined")
  @Units("bytes")
  @MetricType(MetricType.COUNTER)
  long getLostBytes();

  /** Places that something has been waiting for. */
  @Description("Places that something has been waiting for, for a second at least")
  @Units("places")
  @MetricType(MetricType.GAUGE)
  int getBehindCount();

  /** Places that have refused the newest bytes. */
  @Description("Places that have refused the newest bytes")
  @Units("places")
  @MetricType(MetricType.GAUGE)
  int getFailingCount();

  /** Why a place has failed last. */
  @Description("Why one of its places has failed last; empty if none has")
  String getLastFailure();

  /** Has its log directories begin new files; waits a few seconds at most until they have. */
  @Description("Has each of its log directories begin a new file; nothing is lost by it")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String rotate(@ParameterName("reason") @Description("Why, one phrase for the log") String reason);

  /**
   * The last lines of its output. From memory, if so many are kept there, with the number of the
   * run before each; else from its log directories, with their timestamps, also of runs before the
   * start of the host. A long line is cut.
   *
   * @throws IllegalStateException if the disk does not answer within {@value #DISK_WAIT_SECONDS} s
   */
  @Description(
      "Last lines of its output, the oldest first: from memory if so many are kept there, else from"
          + " its log directories; long lines are cut")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OPERATE) // what a program writes may hold secrets
  String[] tail(
      @ParameterName("lines")
          @Description("How many lines at most, 1 to " + LINES_MAX)
          @Units("lines")
          int lines);

  /**
   * The last lines that one run has written, for the report of its end, as far as they are kept in
   * memory; empty if they are not.
   */
  @Description(
      "Last lines that one run has written, the oldest first, as far as they are kept in memory:"
          + " what it said before it ended")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OPERATE) // what a program writes may hold secrets
  String[] lastLines(
      @ParameterName("incarnation")
          @Description("Number of the run, as in LastExits, at least 1")
          @Units("runs")
          long incarnation);
}
