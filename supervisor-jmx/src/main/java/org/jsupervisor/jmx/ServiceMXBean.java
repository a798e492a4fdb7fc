package org.jsupervisor.jmx;

import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;

/**
 * A child of a tree. All attributes are cheap, never block and never throw; each is read for
 * itself, so two attributes may belong to different moments. What a child does not have, a process
 * for example, is null. A bean that outlives its child for a moment tells the last known state.
 *
 * <p>Operations wait at most {@value #WAIT_SECONDS_MAX} seconds. What was accepted goes on after
 * the waiting has ended. They throw {@code IllegalArgumentException} for an argument that makes no
 * sense, among them the word {@code String} that a console sends when a field was left untouched,
 * and {@code IllegalStateException} when the supervisor refuses.
 *
 * <p>Notifications: {@code jmx.attribute.change} when {@code Phase} changes (the last change is
 * told whatever the flood; those before it may be left out, counted), and {@code
 * org.jsupervisor.service.} followed by {@code launched}, {@code ready}, {@code ended}, {@code
 * gaveup} or {@code removed}. The last one comes right before the bean goes, which it does unless
 * there is a new child of the same id by then. A child that comes and goes faster than beans can be
 * registered has none.
 *
 * <p>Longer than other files: an MXBean is one interface, and each attribute has a description.
 */
@Description("A service: a child of a supervisor")
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public interface ServiceMXBean {
  /** The longest time that an operation waits. */
  int WAIT_SECONDS_MAX = 60;

  /** How many lines {@link #tail} returns at most. */
  int TAIL_LINES = 100;

  /** The address in the tree. */
  @Description("Address in the tree, names joined by /")
  String getId();

  /** The bean of the tree. */
  @Description("Bean of the supervisor of the whole tree")
  ObjectName getSupervisor();

  /** Its views. */
  @Description(
      "Beans with more about this service: its output (view=Log) and its health (view=Health)")
  ObjectName[] getViews();

  /** What it is; null if it has just been removed. */
  @Description("What it is: PROCESS, TASK or SUPERVISOR; null if it has just been removed")
  ChildSpec.@Nullable Kind getKind();

  /** What is wanted. */
  @Description("What is wanted: UP, DOWN or ONCE (one run, and DOWN after it)")
  Desire getDesire();

  /** What is. */
  @Description(
      "What is: DOWN, LAUNCHING, RUNNING, STOPPING, KILLING, UNKILLABLE, FINISHING, WAITING,"
          + " BACKOFF, QUARANTINED, FINISHED or FAILED")
  Phase getPhase();

  /** Whether it said so, or its readiness rule did. */
  @Description("Whether it is ready; only in phase RUNNING")
  boolean isReady();

  /** Whether its processes stand still since somebody paused it. */
  @Description("Whether its processes stand still since somebody paused it; only in phase RUNNING")
  boolean isPaused();

  /** Whether it is a supervisor whose children are instances of a template. */
  @Description("Whether it is a supervisor whose children are instances of a template")
  boolean isTemplate();

  /** Why the phase is what it is. */
  @Description("Why the phase is what it is")
  String getReason();

  /** What its process has last said of itself. */
  @Description(
      "What its process has last said of itself, kept until the next run; empty if nothing")
  String getStatus();

  /** The process id; null without a process, as with a task. */
  @Description("Process id; null without a process, as with a task")
  @Nullable Long getPid();

  /** The number of the current run, from 1; null if nothing runs. */
  @Description("Number of the current run, from 1; null if nothing runs")
  @Nullable Long getIncarnation();

  /** Changes with every accepted operation and every launch; for {@link #ask}. */
  @Description(
      "Changes with every operation that was accepted and with every launch; what ask expects")
  @Units("changes")
  @MetricType(MetricType.COUNTER)
  long getGeneration();

  /** When the phase began. */
  @Description("When the phase began")
  @Units("ms since 1970-01-01T00:00Z")
  long getSinceMillis();

  /** How long the process or task has lived by the wall clock; 0 if there is none. */
  @Description("How long the process or task has lived, by the wall clock; 0 if there is none")
  @Units("ms")
  @MetricType(MetricType.GAUGE)
  long getUptimeMillis();

  /** What its process uses now, as far as that is cheap to know; null without a process. */
  @Description(
      "What its process uses now: state, processor time, threads, memory; null without a process,"
          + " as with a task; measure() also tells what is dear to know")
  @Nullable ProcessReport getProcessFacts();

  /** When the phase will change by itself: next start, release, next stop step; null if never. */
  @Description(
      "When the phase will change by itself (next start, release from quarantine, next step of the"
          + " stop ladder); null if it will not")
  @Units("ms since 1970-01-01T00:00Z")
  @Nullable Long getNextChangeTime();

  /** Launches ordered, those that failed too. */
  @Description("Launches ordered, those that failed too")
  @Units("launches")
  @MetricType(MetricType.COUNTER)
  long getLaunchCount();

  /** Launches that failed. */
  @Description("Launches that failed")
  @Units("launches")
  @MetricType(MetricType.COUNTER)
  long getLaunchFailureCount();

  /** Ends of a process, whatever the cause. */
  @Description("Ends of a process, whatever the cause")
  @Units("exits")
  @MetricType(MetricType.COUNTER)
  long getExitCount();

  /** Restarts that the policy or the strategy decided. */
  @Description("Restarts that the policy or the strategy decided")
  @Units("restarts")
  @MetricType(MetricType.COUNTER)
  long getRestartCount();

  /** The restarts by what led to them. */
  @Description(
      "Restarts by what led to them; those that somebody asked for are not in RestartCount")
  @Units("restarts")
  @MetricType(MetricType.COUNTER)
  RestartReport getRestartsByCause();

  /** The services that must be there before it is started. */
  @Description(
      "Services that must be there before it is started: which, how they are now, and what becomes"
          + " of this one when they are lost")
  DependencyReport[] getDependencies();

  /** Output that could not be kept. */
  @Description("Output that could not be kept")
  @Units("bytes")
  @MetricType(MetricType.COUNTER)
  long getOutputLostBytes();

  /** The places where its output is kept; none if it is discarded. */
  @Description(
      "Places where its output is kept: what waits for each, what it has lost, whether it fails,"
          + " and why last; empty if the output is kept nowhere")
  DestinationReport[] getDestinations();

  /** The newest end; null if there was none. */
  @Description("Newest end of a run; null if there was none")
  @Nullable ExitReport getLastExit();

  /** The newest ends first, a few only. */
  @Description("Newest ends of runs, newest first; at most " + ChildSnapshot.EXITS_MAX)
  ExitReport[] getLastExits();

  /** Why it is not running, or not ready: a line for each reason, each because of the next. */
  @Description("Why it is not running or not ready: a line for each reason, the root cause last")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OBSERVE)
  String[] explain();

  /** The services that depend on it. */
  @Description(
      "Services that depend on it: address, what becomes of it when this one is lost, its phase")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OBSERVE)
  String[] dependents();

  /**
   * The last {@value #TAIL_LINES} lines that it has written; see {@link ServiceLogMXBean#tail},
   * which takes their number.
   */
  @Description(
      "Last "
          + TAIL_LINES
          + " lines of its output at most, the oldest first: from memory (number of the run, stream"
          + " if stdout and stderr are apart, text), else from its log directories")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OPERATE) // what a program writes may hold secrets
  String[] tail();

  /** What its process uses now, with all that is dear to know; null without a process. */
  @Description(
      "What its process uses now, with its shared memory divided by those who share it and its open"
          + " descriptors; costs milliseconds and slows a big process down; null without a process")
  @Impact(Impact.Kind.INFO)
  @NeededRole(Role.OBSERVE)
  @Nullable ProcessReport measure();

  /** Wants the service up, and waits until it is ready or finished, for so long at most. */
  @Description(
      "Wants the service up; from back-off or quarantine it is started at once, its restarts"
          + " forgiven")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String up(
      @ParameterName("waitSeconds")
          @Description("How long to wait until it is ready or finished, 0 to " + WAIT_SECONDS_MAX)
          @Units("s")
          int waitSeconds);

  /** Runs the service once, and waits until it is ready or has ended, for so long at most. */
  @Description("Runs the service once: when it ends, it is not restarted and is wanted down")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String once(
      @ParameterName("waitSeconds")
          @Description("How long to wait until it is ready or has ended, 0 to " + WAIT_SECONDS_MAX)
          @Units("s")
          int waitSeconds);

  /** Wants the service down, and waits until there is no process, for so long at most. */
  @Description("Wants the service down and stops it")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String down(
      @ParameterName("waitSeconds")
          @Description("How long to wait until there is no process, 0 to " + WAIT_SECONDS_MAX)
          @Units("s")
          int waitSeconds);

  /** Stops the service, wants it up again, and waits until the new run is ready. */
  @Description("Stops the service and wants it up again, also if it was down")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String restart(
      @ParameterName("reason") @Description("Why, one phrase for the log") String reason,
      @ParameterName("waitSeconds")
          @Description("How long to wait until the new run is ready, 0 to " + WAIT_SECONDS_MAX)
          @Units("s")
          int waitSeconds);

  /**
   * Releases the service from quarantine: starts it at once, its restarts forgiven, and waits until
   * it is ready. Refused if it is not in quarantine.
   */
  @Description(
      "Releases it from quarantine: starts it at once, its restarts forgiven; else refused")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String release(
      @ParameterName("reason") @Description("Why, one phrase for the log") String reason,
      @ParameterName("waitSeconds")
          @Description("How long to wait until it is ready or finished, 0 to " + WAIT_SECONDS_MAX)
          @Units("s")
          int waitSeconds);

  /** Lets the process group stand still; waits a few seconds at most until it was told to. */
  @Description(
      "Sends STOP to the process group; the time that it has to become ready stands still, too")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String pause(@ParameterName("reason") @Description("Why, one phrase for the log") String reason);

  /** Lets the process group go on; waits a few seconds at most until it was told to. */
  @Description("Sends CONT to the process group")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String resume(@ParameterName("reason") @Description("Why, one phrase for the log") String reason);

  /** Has its log directories begin new files; waits a few seconds at most until they have. */
  @Description("Has each of its log directories begin a new file; nothing is lost by it")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String rotate(@ParameterName("reason") @Description("Why, one phrase for the log") String reason);

  /**
   * Asks for what {@code command} says, if the service has still this generation; otherwise it is
   * refused and nothing is done.
   */
  @Description(
      "Does what the command says, unless something has happened since Generation was read")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String ask(
      @ParameterName("command")
          @Description("Name of an operation of this bean that needs no other argument")
          String command,
      @ParameterName("reason") @Description("Why, one phrase for the log") String reason,
      @ParameterName("generation")
          @Description("Generation as it was when this was decided")
          @Units("changes")
          long generation,
      @ParameterName("waitSeconds")
          @Description("How long to wait until it is done, 0 to " + WAIT_SECONDS_MAX)
          @Units("s")
          int waitSeconds);

  /** Sends a signal to the process group; waits a few seconds at most until it was sent. */
  @Description("Sends a signal to the process group; what is wanted does not change")
  @Impact(Impact.Kind.ACTION)
  @NeededRole(Role.OPERATE)
  String signal(
      @ParameterName("name") @Description("Name of the signal, for example HUP, SIGTERM or RTMIN+1")
          String name);
}
