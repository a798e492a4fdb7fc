package org.jsupervisor.jmx.internal;

import java.time.Duration;
import java.time.Instant;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;
import org.jsupervisor.jmx.DependencyReport;
import org.jsupervisor.jmx.DestinationReport;
import org.jsupervisor.jmx.ExitReport;
import org.jsupervisor.jmx.ProcessReport;
import org.jsupervisor.jmx.RestartReport;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.RestartCounts;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.spec.ChildSpec;

/** The bean of one child. Thread-safe. */
final class ServiceBean implements ServiceMXBean {
  private final Child child;
  private final ServiceBeans beans;

  ServiceBean(Child child, ServiceBeans beans) {
    this.child = child;
    this.beans = beans;
  }

  private ChildSnapshot now() {
    return child.now();
  }

  @Override
  public String getId() {
    return child.id().path();
  }

  @Override
  public ObjectName getSupervisor() {
    return child.supervisorName();
  }

  @Override
  public ObjectName[] getViews() {
    return new ObjectName[] {child.names().log(), child.names().health()};
  }

  @Override
  public ChildSpec.@Nullable Kind getKind() {
    return child.spec().map(ChildSpec::kind).orElse(null);
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
    return child.supervisor().hasTemplate(child.id());
  }

  @Override
  public String getReason() {
    return now().reason();
  }

  @Override
  public String getStatus() {
    return now().status();
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
    return Math.max(0, Duration.between(launchedAt, child.time()).toMillis());
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
    return child.supervisor().facts(child.id(), depth).map(ProcessReports::of).orElse(null);
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
  public RestartReport getRestartsByCause() {
    RestartCounts counts = now().counters().restartsByCause();
    return new RestartReport(
        counts.byItself(),
        counts.afterStop(),
        counts.startTimeouts(),
        counts.watchdogs(),
        counts.launchFailures(),
        counts.withGroup(),
        counts.asked());
  }

  @Override
  public DependencyReport[] getDependencies() {
    return Dependencies.of(child, beans);
  }

  @Override
  public long getOutputLostBytes() {
    return now().counters().outputBytesLost();
  }

  @Override
  public DestinationReport[] getDestinations() {
    return child.supervisor().destinations(child.id()).stream()
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
    return child
        .supervisor()
        .explain(child.id())
        .map(explanation -> explanation.lines(child.time()).toArray(String[]::new))
        .orElseGet(() -> new String[] {child.id().path() + " is no longer part of the tree"});
  }

  @Override
  public String[] dependents() {
    return Dependencies.on(child);
  }

  @Override
  public String[] tail() {
    return Tail.of(child, TAIL_LINES);
  }

  @Override
  public String up(int waitSeconds) {
    return child.ask(Command.UP, Console.request(), waitSeconds);
  }

  @Override
  public String once(int waitSeconds) {
    return child.ask(Command.ONCE, Console.request(), waitSeconds);
  }

  @Override
  public String down(int waitSeconds) {
    return child.ask(Command.DOWN, Console.request(), waitSeconds);
  }

  @Override
  public String restart(String reason, int waitSeconds) {
    return child.ask(Command.RESTART, Console.request(reason), waitSeconds);
  }

  @Override
  public String pause(String reason) {
    return child.ask(Command.PAUSE, Console.request(reason), Child.AT_ONCE_SECONDS);
  }

  @Override
  public String resume(String reason) {
    return child.ask(Command.RESUME, Console.request(reason), Child.AT_ONCE_SECONDS);
  }

  @Override
  public String rotate(String reason) {
    return child.ask(Command.ROTATE, Console.request(reason), Child.AT_ONCE_SECONDS);
  }

  @Override
  public String ask(String command, String reason, long generation, int waitSeconds) {
    Command parsed = Command.parse(Console.checkedText("command", command));
    return child.ask(parsed, Console.request(reason).expecting(generation), waitSeconds);
  }

  @Override
  public String release(String reason, int waitSeconds) {
    Request request = Console.request(reason);
    ChildSnapshot now = child.now();
    if (now.phase() != Phase.QUARANTINED) {
      throw new IllegalStateException(
          "'" + child.id() + "' is not in quarantine: phase " + now.phase());
    }
    // If it is something else by then, it is refused.
    return child.ask(Command.UP, request.expecting(now.generation()), waitSeconds);
  }

  @Override
  public String signal(String name) {
    Signal signal = Signal.parse(Console.checkedText("name", name));
    Request request = Console.request();
    return child.answer(
        () -> child.supervisor().signal(child.id(), signal, request),
        Child.AT_ONCE_SECONDS,
        "sent " + signal);
  }
}
