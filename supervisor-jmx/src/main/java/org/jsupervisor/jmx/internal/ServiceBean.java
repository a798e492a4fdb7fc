package org.jsupervisor.jmx.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.jmx.DestinationReport;
import org.jsupervisor.jmx.ExitReport;
import org.jsupervisor.jmx.ProcessReport;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;

/** The bean of one child. Thread-safe. */
final class ServiceBean implements ServiceMXBean {
  /** For what is done at once: this is for a busy engine. */
  private static final int AT_ONCE_SECONDS = 5;

  private final Supervisor supervisor;
  private final ObjectName supervisorName;
  private final InstantSource clock;
  private final ChildId id;

  /**
   * What attributes tell when the child has just been removed. Volatile: any reader may refresh it;
   * which of two that race wins does not matter, both have seen the child alive.
   */
  private volatile ChildSnapshot lastKnown;

  ServiceBean(
      Supervisor supervisor, ObjectName supervisorName, InstantSource clock, ChildSnapshot first) {
    this.supervisor = supervisor;
    this.supervisorName = supervisorName;
    this.clock = clock;
    this.id = first.id();
    this.lastKnown = first;
  }

  private ChildSnapshot now() {
    ChildSnapshot now = supervisor.child(id).orElse(lastKnown);
    lastKnown = now;
    return now;
  }

  @Override
  public String getId() {
    return id.path();
  }

  @Override
  public ObjectName getSupervisor() {
    return supervisorName;
  }

  @Override
  public Desire getDesire() {
    return now().desire();
  }

  @Override
  public Phase getPhase() {
    return now().phase();
  }

  @Override
  public boolean isReady() {
    return now().ready();
  }

  @Override
  public boolean isPaused() {
    return now().paused();
  }

  @Override
  public boolean isTemplate() {
    return supervisor.hasTemplate(id);
  }

  @Override
  public String getReason() {
    return now().reason();
  }

  @Override
  public @Nullable Long getPid() {
    return now().pid().map(Pid::value).orElse(null);
  }

  @Override
  public @Nullable Long getIncarnation() {
    Run run = now().run();
    if (run instanceof Run.LiveTask task) {
      return task.incarnation().number();
    }
    return run instanceof Run.Live live ? live.incarnation().number() : null;
  }

  @Override
  public long getSinceMillis() {
    return now().since().toEpochMilli();
  }

  @Override
  public long getUptimeMillis() {
    Run run = now().run();
    if (run instanceof Run.LiveTask task) {
      return uptimeMillis(task.launchedAt());
    }
    return run instanceof Run.Live live ? uptimeMillis(live.launchedAt()) : 0;
  }

  private long uptimeMillis(Instant launchedAt) {
    // The wall clock may have been set back since the launch.
    return Math.max(0, Duration.between(launchedAt, clock.instant()).toMillis());
  }

  @Override
  public @Nullable ProcessReport getProcessFacts() {
    return facts(ProcessFacts.Depth.CHEAP);
  }

  @Override
  public @Nullable ProcessReport measure() {
    return facts(ProcessFacts.Depth.FULL);
  }

  private @Nullable ProcessReport facts(ProcessFacts.Depth depth) {
    return supervisor.facts(id, depth).map(ProcessReports::of).orElse(null);
  }

  @Override
  public @Nullable Long getNextChangeTime() {
    return now().due() instanceof Due.At at ? at.time().toEpochMilli() : null;
  }

  @Override
  public long getLaunchCount() {
    return now().counters().launches();
  }

  @Override
  public long getLaunchFailureCount() {
    return now().counters().launchFailures();
  }

  @Override
  public long getExitCount() {
    return now().counters().exits();
  }

  @Override
  public long getRestartCount() {
    return now().counters().restarts();
  }

  @Override
  public long getOutputLostBytes() {
    return now().counters().outputBytesLost();
  }

  @Override
  public DestinationReport[] getDestinations() {
    return supervisor.destinations(id).stream()
        .map(
            each ->
                new DestinationReport(
                    each.place(),
                    each.state(),
                    each.waitingBytes(),
                    each.lostBytes(),
                    each.lastFailure()))
        .toArray(DestinationReport[]::new);
  }

  @Override
  public @Nullable ExitReport getLastExit() {
    return now().lastExit().map(ExitReports::of).orElse(null);
  }

  @Override
  public ExitReport[] getLastExits() {
    return now().lastExits().stream().map(ExitReports::of).toArray(ExitReport[]::new);
  }

  @Override
  public long getGeneration() {
    return now().generation();
  }

  @Override
  public String[] explain() {
    return supervisor
        .explain(id)
        .map(explanation -> explanation.lines(clock.instant()).toArray(String[]::new))
        .orElseGet(() -> new String[] {id.path() + " is no longer part of the tree"});
  }

  @Override
  public String[] tail() {
    return supervisor.recentOutput(id).stream()
        .map(line -> writer(line.source()) + ": " + line.text())
        .toArray(String[]::new);
  }

  private static String writer(OutputSource source) {
    long run = source.incarnation().run().number();
    return switch (source.stream()) {
      case BOTH -> Long.toString(run);
      case STDOUT -> run + " stdout";
      case STDERR -> run + " stderr";
    };
  }

  @Override
  public String up(int waitSeconds) {
    return ask(Command.UP, Console.request(), waitSeconds);
  }

  @Override
  public String once(int waitSeconds) {
    return ask(Command.ONCE, Console.request(), waitSeconds);
  }

  @Override
  public String down(int waitSeconds) {
    return ask(Command.DOWN, Console.request(), waitSeconds);
  }

  @Override
  public String restart(String reason, int waitSeconds) {
    return ask(Command.RESTART, Console.request(reason), waitSeconds);
  }

  @Override
  public String pause(String reason) {
    return ask(Command.PAUSE, Console.request(reason), AT_ONCE_SECONDS);
  }

  @Override
  public String resume(String reason) {
    return ask(Command.RESUME, Console.request(reason), AT_ONCE_SECONDS);
  }

  @Override
  public String rotate(String reason) {
    return ask(Command.ROTATE, Console.request(reason), AT_ONCE_SECONDS);
  }

  @Override
  public String ask(String command, String reason, long generation, int waitSeconds) {
    Command parsed = Command.parse(Console.checkedText("command", command));
    return ask(parsed, Console.request(reason).expecting(generation), waitSeconds);
  }

  private String ask(Command command, Request request, int waitSeconds) {
    return answer(() -> command.submit(supervisor, id, request), waitSeconds, command.done());
  }

  @Override
  public String signal(String name) {
    Signal signal = Signal.parse(Console.checkedText("name", name));
    Request request = Console.request();
    return answer(() -> supervisor.signal(id, signal, request), AT_ONCE_SECONDS, "sent " + signal);
  }

  private String answer(
      Supplier<CompletionStage<ChildSnapshot>> operation, int waitSeconds, String verb) {
    return Console.answer(
        operation,
        waitSeconds,
        child -> verb + ": " + state(child),
        () -> "phase " + now().phase());
  }

  private static String state(ChildSnapshot child) {
    return child
        .pid()
        .map(pid -> "pid " + pid + (child.ready() ? " ready" : " not ready"))
        .orElseGet(() -> "phase " + child.phase());
  }
}
