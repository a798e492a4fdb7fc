package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.SyslogSeverity.CRITICAL;
import static org.jsupervisor.log.SyslogSeverity.ERROR;
import static org.jsupervisor.log.SyslogSeverity.NOTICE;
import static org.jsupervisor.log.SyslogSeverity.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All abnormal events, and no others, each as one record. */
class SyslogEventsTest {
  private static final ChildId C = ChildId.of("c");
  private static final Incarnation RUN = new Incarnation(C, 2);
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final RestartDecision DOWN = new RestartDecision.StayDown("too often");

  private final RecordedDatagrams sent = new RecordedDatagrams(1024);
  private final SyslogEvents events =
      SyslogEvents.to(sent, SyslogEvents.format("going"), () -> NOON);

  private static SupervisorEvent ended(ExitStatus status, ExitCause cause) {
    return new SupervisorEvent.Ended(new Exit(RUN, status, cause, Duration.ofMillis(5200)));
  }

  static Stream<Arguments> all() {
    ExitStatus clean = new ExitStatus.Exited(0);
    ExitStatus failed = new ExitStatus.Exited(3);
    ExitStatus killed = new ExitStatus.Signalled(Signal.KILL, false);
    LaunchFailure missing = new LaunchFailure(LaunchFault.CHILD, "ENOENT", "x", "no x");
    return Stream.of(
        none(new SupervisorEvent.Defined(C)),
        none(new SupervisorEvent.Removed(C)),
        none(new SupervisorEvent.DesireChanged(C, Desire.DOWN, WishOrigin.ASKED, "asked")),
        none(new SupervisorEvent.PhaseChanged(C, Phase.DOWN, Phase.LAUNCHING, "wanted")),
        some(CRITICAL, new SupervisorEvent.PhaseChanged(C, Phase.KILLING, Phase.UNKILLABLE, "D")),
        none(new SupervisorEvent.Launched(RUN, new Pid(7))),
        none(new SupervisorEvent.TaskStarted(RUN)),
        none(new SupervisorEvent.Ready(RUN)),
        none(ended(clean, ExitCause.BY_ITSELF)),
        none(ended(new ExitStatus.Completed(), ExitCause.BY_ITSELF)),
        none(ended(new ExitStatus.Declined(""), ExitCause.BY_ITSELF)),
        none(ended(failed, ExitCause.ASKED_TO_STOP)),
        some(WARNING, ended(failed, ExitCause.BY_ITSELF)),
        some(WARNING, ended(killed, ExitCause.BY_ITSELF)),
        some(WARNING, ended(new ExitStatus.Lost("reaped"), ExitCause.ASKED_TO_STOP)),
        some(WARNING, ended(clean, ExitCause.START_TIMEOUT)),
        some(WARNING, ended(killed, ExitCause.WATCHDOG)),
        some(ERROR, ended(new ExitStatus.NeverStarted(missing), ExitCause.LAUNCH_FAILED)),
        none(new SupervisorEvent.RestartScheduled(C, 1, Duration.ofSeconds(1))),
        some(NOTICE, new SupervisorEvent.GroupRestart(ChildId.ROOT, C, List.of(C))),
        some(ERROR, new SupervisorEvent.GaveUp(C, DOWN)),
        some(CRITICAL, new SupervisorEvent.GaveUp(ChildId.ROOT, DOWN)),
        none(new SupervisorEvent.SignalSent(RUN, Signal.TERM, "stop")),
        some(NOTICE, new SupervisorEvent.SignalSent(RUN, Signal.KILL, "stop")),
        none(new SupervisorEvent.Interrupted(RUN, "stop")),
        none(new SupervisorEvent.InputEnded(RUN, "stop")),
        some(WARNING, new SupervisorEvent.OutputLost(RUN, 5, "full")),
        none(new SupervisorEvent.LogRotated(C, "asked")),
        some(NOTICE, new SupervisorEvent.LeftBehind(RUN, 1, Leftovers.KILLED)),
        none(new SupervisorEvent.LeftBehind(RUN, 1, Leftovers.KEPT)),
        some(WARNING, new SupervisorEvent.FinishFailed(RUN, "exit code 1")),
        none(new SupervisorEvent.SignalDelegated(RUN, Signal.TERM, "stop")),
        none(signalProgram(SignalOutcome.WITHHELD)),
        some(WARNING, signalProgram(SignalOutcome.SENT)),
        none(signalProgram(SignalOutcome.CUT_SHORT)),
        some(ERROR, new SupervisorEvent.DecisionFailed(C, "threw")),
        none(new SupervisorEvent.TreePhaseChanged(TreePhase.STOPPING, TreePhase.STOPPED, "asked")),
        some(
            CRITICAL,
            new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPED, "failed")));
  }

  private static SupervisorEvent signalProgram(SignalOutcome outcome) {
    return new SupervisorEvent.SignalProgramEnded(RUN, Signal.TERM, outcome, "test");
  }

  private static Arguments none(SupervisorEvent event) {
    return Arguments.of(event, Optional.empty());
  }

  private static Arguments some(SyslogSeverity severity, SupervisorEvent event) {
    return Arguments.of(event, Optional.of(severity));
  }

  @ParameterizedTest
  @MethodSource("all")
  void event_isSentIfItIsAbnormal(SupervisorEvent event, Optional<SyslogSeverity> severity) {
    events.onEvent(new PublishedEvent(7, NOON, event));
    assertThat(sent.records.stream().map(Rfc5424::severity))
        .containsExactlyElementsOf(severity.stream().map(SyslogSeverity::code).toList());
  }

  /** A new kind of event has to be thought about: here, and in {@link EventSeverity}. */
  @Test
  void everyKind_isInTheTable() {
    // These two need half a tree to be made.
    Stream<String> others = Stream.of("Said", "GiveUpExplained");
    Stream<String> table = all().map(row -> row.get()[0].getClass().getSimpleName());
    assertThat(Stream.concat(table, others).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SupervisorEvent.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void record_saysWhoAndWhat() {
    events.onEvent(
        new PublishedEvent(7, NOON, ended(new ExitStatus.Exited(3), ExitCause.BY_ITSELF)));
    Rfc5424 record = sent.records.get(0);
    assertThat(record.facility()).isEqualTo(3);
    assertThat(record.app()).isEqualTo("going");
    assertThat(record.process()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    assertThat(record.message()).isEqualTo("Ended");
    assertThat(record.data()).containsEntry("service", "c").containsEntry("sequence", "7");
    assertThat(record.text()).isEqualTo("c: exit code 3 after 5.2 s");
  }

  /** F50. */
  @Test
  void textOfOthers_isOneRecord_cutToItsLimit() {
    String evil = "a\n<0>1 - - - - - - forged " + "x".repeat(5000);
    events.onEvent(new PublishedEvent(7, NOON, new SupervisorEvent.DecisionFailed(C, evil)));
    assertThat(sent.records).hasSize(1);
    assertThat(sent.texts().get(0))
        .startsWith("c: policy, strategy or limit failed: a\\x0a<0>1 - -")
        .endsWith(SyslogEvents.CUT);
  }

  @Test
  void whatIsRefused_isCounted_andToldLater() {
    SupervisorEvent lost = new SupervisorEvent.OutputLost(RUN, 5, "full");
    sent.room = 0;
    events.onEvent(new PublishedEvent(1, NOON, lost));
    events.onEvent(new PublishedEvent(2, NOON, lost));
    events.onLoss(3);
    assertThat(events.lost()).isEqualTo(5);
    sent.room = 10;
    events.onEvent(new PublishedEvent(6, NOON, lost));
    assertThat(sent.texts()).containsExactly("5 events lost", "c: 5 bytes of output lost: full");
    assertThat(events.lost()).isEqualTo(5);
  }
}
