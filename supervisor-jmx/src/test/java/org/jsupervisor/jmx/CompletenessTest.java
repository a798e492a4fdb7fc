package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.jsupervisor.snapshot.RestartCounts;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.Dependency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All state of a snapshot is in JMX: each component of each record that snapshots are made of has
 * an attribute, or is a part of one. Whoever adds a component has to add it here, and to the beans.
 *
 * <p>An exception begins with {@code --} and says why.
 */
final class CompletenessTest {
  /** Which record is shown by which bean or report, and each component by which part of it. */
  record Shown(Class<?> what, Class<?> by, Map<String, String> parts) {
    @Override
    public String toString() {
      return what.getSimpleName() + " by " + by.getSimpleName();
    }
  }

  static List<Shown> all() {
    return Stream.concat(ofChildren(), ofTheTree()).toList();
  }

  private static Stream<Shown> ofChildren() {
    return Stream.of(
        new Shown(
            ChildSnapshot.class,
            ServiceMXBean.class,
            Map.ofEntries(
                Map.entry("id", "Id"),
                Map.entry("desire", "Desire"),
                Map.entry("phase", "Phase"),
                Map.entry("ready", "Ready"),
                Map.entry("since", "SinceMillis"),
                Map.entry("reason", "Reason"),
                Map.entry("run", "-- see Run.Live and Run.LiveTask"),
                Map.entry("due", "-- see Due.At"),
                Map.entry("counters", "-- see Counters"),
                Map.entry("lastExits", "LastExits LastExit"),
                Map.entry("generation", "Generation"),
                Map.entry("paused", "Paused"),
                Map.entry("status", "Status"))),
        new Shown(
            Run.Live.class,
            ServiceMXBean.class,
            Map.of("incarnation", "Incarnation", "pid", "Pid", "launchedAt", "UptimeMillis")),
        new Shown(
            Run.LiveTask.class,
            ServiceMXBean.class,
            Map.of("incarnation", "Incarnation", "launchedAt", "UptimeMillis")),
        new Shown(Due.At.class, ServiceMXBean.class, Map.of("time", "NextChangeTime")),
        new Shown(
            Counters.class,
            ServiceMXBean.class,
            Map.of(
                "launches", "LaunchCount",
                "launchFailures", "LaunchFailureCount",
                "exits", "ExitCount",
                "restarts", "RestartCount",
                "outputBytesLost", "OutputLostBytes",
                "restartsByCause", "RestartsByCause")),
        same(RestartCounts.class, RestartReport.class),
        new Shown(
            Exit.class,
            ExitReport.class,
            Map.of(
                "incarnation", "incarnation",
                "status", "-- see ExitStatus",
                "cause", "cause",
                "ran", "ranMillis",
                "usage", "-- see ResourceUsage")),
        new Shown(ExitStatus.Exited.class, ExitReport.class, Map.of("code", "code")),
        new Shown(
            ExitStatus.Signalled.class,
            ExitReport.class,
            Map.of("signal", "signal", "coreDumped", "coreDumped")),
        new Shown(
            ExitStatus.NeverStarted.class, ExitReport.class, Map.of("failure", "description")),
        new Shown(ExitStatus.Lost.class, ExitReport.class, Map.of("why", "description")),
        new Shown(ExitStatus.GaveUp.class, ExitReport.class, Map.of("reason", "description")),
        new Shown(
            ExitStatus.Threw.class,
            ExitReport.class,
            Map.of("exception", "description", "message", "description")),
        new Shown(ExitStatus.Declined.class, ExitReport.class, Map.of("reason", "description")),
        new Shown(
            ResourceUsage.class,
            ExitReport.class,
            Map.of(
                "userTime", "userMillis",
                "systemTime", "systemMillis",
                "peakMemoryBytes", "peakMemoryBytes",
                "minorFaults", "minorFaults",
                "majorFaults", "majorFaults",
                "voluntarySwitches", "voluntarySwitches",
                "involuntarySwitches", "involuntarySwitches")),
        new Shown(
            ProcessFacts.class,
            ProcessReport.class,
            Map.of(
                "pid", "pid",
                "state", "state",
                "startedAt", "startedMillis",
                "uptime", "uptimeMillis",
                "userTime", "userMillis",
                "systemTime", "systemMillis",
                "threads", "threads",
                "residentBytes", "residentBytes",
                "proportionalBytes", "proportionalBytes",
                "descriptors", "descriptors")),
        new Shown(
            DestinationSnapshot.class,
            DestinationReport.class,
            Map.of(
                "place", "place",
                "state", "state",
                "waitingBytes", "waitingBytes",
                "lostBytes", "lostBytes",
                "lastFailure", "lastFailure",
                "sizes", "-- in LogFiles of the view Log, see LogSizes")),
        same(LogSizes.class, LogFilesReport.class),
        same(Dependency.class, DependencyReport.class));
  }

  private static Stream<Shown> ofTheTree() {
    return Stream.of(
        new Shown(
            TreeSnapshot.class,
            SupervisorMXBean.class,
            Map.of(
                "name", "Name",
                "phase", "Phase",
                "reason", "Reason",
                "children", "ServiceNames ChildCount")),
        new Shown(
            EngineSnapshot.class,
            EngineMXBean.class,
            Map.of(
                "steps", "StepCount",
                "deadlines", "DeadlineCount",
                "operations", "-- see EngineSnapshot.Operations",
                "events", "-- see EngineSnapshot.Events")),
        new Shown(
            EngineSnapshot.Operations.class,
            EngineMXBean.class,
            Map.of(
                "taken", "OperationCount",
                "refused", "RefusedCount",
                "overloaded", "OverloadedCount",
                "waiting", "InboxSize",
                "waitingMax", "InboxCapacity",
                "underWay", "OperationsUnderWay",
                "underWayMax", "OperationsUnderWayMax")),
        new Shown(
            EngineSnapshot.Events.class,
            EngineMXBean.class,
            Map.of(
                "published", "EventCount",
                "kept", "EventsKept",
                "listeners", "ListenerCount",
                "lost", "EventsLost",
                "behindMax", "ListenerLag",
                "failures", "ListenerFailureCount",
                "outcomesWaiting", "OutcomesWaiting")),
        same(Capability.class, CapabilityReport.class));
  }

  /** All components have the same names. */
  private static Shown same(Class<?> what, Class<?> by) {
    Map<String, String> parts =
        components(what).stream().collect(Collectors.toMap(name -> name, name -> name));
    return new Shown(what, by, parts);
  }

  private static Set<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The attributes of a bean, or the components of a report. */
  private static Set<String> parts(Class<?> type) {
    return type.isRecord()
        ? components(type)
        : Arrays.stream(type.getMethods())
            .map(Method::getName)
            .filter(name -> name.matches("(get|is)[A-Z].*"))
            .map(name -> name.replaceFirst("^(get|is)", ""))
            .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("all")
  void component_any_isShown_orAnExceptionSaysWhyNot(Shown shown) {
    assertThat(shown.parts().keySet())
        .as("components of %s that somebody has thought of here", shown.what())
        .containsExactlyInAnyOrderElementsOf(components(shown.what()));
    Set<String> there = parts(shown.by());
    shown.parts().values().stream()
        .filter(part -> !part.startsWith("-- "))
        .flatMap(part -> Arrays.stream(part.split(" ")))
        .forEach(part -> assertThat(there).as(shown.toString()).contains(part));
  }

  @ParameterizedTest
  @MethodSource("all")
  void record_thatIsPartOfAShownOne_isInTheTableToo(Shown shown) {
    Set<Class<?>> known = all().stream().map(Shown::what).collect(Collectors.toSet());
    Arrays.stream(shown.what().getRecordComponents())
        .map(RecordComponent::getType)
        .filter(Class::isRecord)
        .filter(type -> components(type).size() > 1)
        .filter(type -> !WITHIN_ONE_PART.contains(type))
        .forEach(type -> assertThat(known).as(shown.toString()).contains(type));
  }

  /** Records that are one value in JMX: a number, a name, or a phrase. */
  private static final Set<Class<?>> WITHIN_ONE_PART =
      Set.of(
          org.jsupervisor.process.Incarnation.class, org.jsupervisor.process.LaunchFailure.class);
}
