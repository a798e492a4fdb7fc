package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.jmx.Children.WEB;

import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may ask for, and what is answered. */
final class OperationsTest {
  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));
  private Registration registration;
  private ServiceMXBean web;

  @BeforeEach
  void register() {
    registration = SupervisorMBeans.register(supervisor, jmx.server());
    web = jmx.serviceProxy("web");
  }

  @AfterEach
  void close() {
    registration.close();
  }

  @Test
  void operations_done_callThroughAndAnswerWithASentence() {
    supervisor.answerWith(CompletableFuture.completedStage(Children.running(WEB)));

    assertThat(web.up(5)).isEqualTo("up: pid 4711 ready");
    assertThat(web.restart(" new certificate ", 5)).isEqualTo("restarted: pid 4711 ready");
    assertThat(web.signal("sighup")).isEqualTo("sent HUP: pid 4711 ready");
    supervisor.answerWith(CompletableFuture.completedStage(Children.down(WEB)));
    assertThat(web.down(5)).isEqualTo("down: phase DOWN");

    assertThat(supervisor.calls())
        .containsExactly(
            "up web, asked by jmx: no reason given",
            "restart web, asked by jmx: new certificate",
            "signal web HUP, asked by jmx: no reason given",
            "down web, asked by jmx: no reason given");
  }

  @Test
  void ask_passesTheGenerationOn() {
    supervisor.answerWith(CompletableFuture.completedStage(Children.down(WEB)));

    assertThat(web.ask("down", "deploy", 7, 5)).isEqualTo("down: phase DOWN");

    assertThat(web.ask("once", "backup", 8, 5)).isEqualTo("once: phase DOWN");
    assertThat(web.once(5)).isEqualTo("once: phase DOWN");

    assertThat(supervisor.calls())
        .containsExactly(
            "down web, asked by jmx: deploy at 7",
            "once web, asked by jmx: backup at 8",
            "once web, asked by jmx: no reason given");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "String", "remove", "DOWN", "two\nlines"})
  void ask_forWhatIsNoCommand_isRefusedAndNothingIsDone(String command) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> web.ask(command, "deploy", 7, 0))
        .withMessageStartingWith("command must");
    assertThat(supervisor.calls()).isEmpty();
  }

  @Test
  void ask_withAGenerationThatCannotBe_isRefusedAndNothingIsDone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> web.ask("down", "deploy", 0, 0))
        .withMessage("generation must be at least 1, was 0");
    assertThat(supervisor.calls()).isEmpty();
  }

  @Test
  @SuppressWarnings("removal") // what a connector does on each Java
  void caller_whomAConnectorHasAuthenticated_isNamed_inPlainCharacters() {
    String forged = "admin\nfake: " + "x".repeat(100);
    Subject subject = new Subject(true, Set.of(new JMXPrincipal(forged)), Set.of(), Set.of());

    String answer = Subject.doAs(subject, (PrivilegedAction<String>) () -> web.down(0));

    assertThat(answer).startsWith("accepted");
    assertThat(supervisor.calls())
        .singleElement()
        .asString()
        .matches("down web, asked by jmx:admin_fake__x{48}: no reason given");
  }

  @Test
  void pauseAndResume_callThroughWithTheReason() {
    supervisor.answerWith(CompletableFuture.completedStage(Children.running(WEB)));

    assertThat(web.pause("full disk")).isEqualTo("paused: pid 4711 ready");
    assertThat(web.resume("room again")).isEqualTo("resumed: pid 4711 ready");

    assertThat(supervisor.calls())
        .containsExactly(
            "pause web, asked by jmx: full disk", "resume web, asked by jmx: room again");
  }

  @Test
  void rotate_callsThroughWithTheReason_andWithAsk() {
    supervisor.answerWith(CompletableFuture.completedStage(Children.running(WEB)));

    assertThat(web.rotate("backup")).isEqualTo("rotated: pid 4711 ready");
    assertThat(web.ask("rotate", "backup", 7, 5)).isEqualTo("rotated: pid 4711 ready");

    assertThat(supervisor.calls())
        .containsExactly(
            "rotate web, asked by jmx: backup", "rotate web, asked by jmx: backup at 7");
  }

  @Test
  void explain_tellsALineForEachReason_alsoOfAServiceThatIsGone() {
    assertThat(web.explain())
        .singleElement()
        .asString()
        .startsWith("web is as it is; ")
        .endsWith("; operator: up");
    supervisor.take(WEB);
    assertThat(web.explain()).containsExactly("web is no longer part of the tree");
  }

  @Test
  void up_notDoneInTime_isAcceptedAndTellsThePhase() {
    long before = System.nanoTime();

    assertThat(web.up(1)).isEqualTo("accepted, not done after 1 s: phase RUNNING");

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void down_withoutWaiting_returnsAtOnce() {
    assertThat(web.down(0)).isEqualTo("accepted, not waited for: phase RUNNING");
    assertThat(supervisor.calls()).containsExactly("down web, asked by jmx: no reason given");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 61, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void waitSeconds_outsideItsLimits_isRefusedAndNothingIsDone(int seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> web.up(seconds))
        .withMessage("waitSeconds must be 0 to 60, was " + seconds);
    assertThat(supervisor.calls()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "String", "two\nlines", "bell\u0007"})
  void reason_notWrittenByAPerson_isRefusedAndNothingIsDone(String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> web.restart(reason, 0))
        .withMessageStartingWith("reason must");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> jmx.supervisorProxy().stop(reason))
        .withMessageStartingWith("reason must");
    assertThat(supervisor.calls()).isEmpty();
  }

  @Test
  void reason_tooLong_isRefusedWithItsLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> web.restart("x".repeat(201), 0))
        .withMessage("reason must have at most 200 characters, had 201");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "String", "TERN", "-9", "0"})
  void signal_unknownOrUntouched_isRefusedAndNothingIsDone(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> web.signal(name));
    assertThat(supervisor.calls()).isEmpty();
  }

  @Test
  void refusal_ofTheSupervisor_isAnIllegalStateWithItsWholeMessageAndNoCause() {
    OperationRefusedException refusal =
        new OperationRefusedException(Refusal.GAVE_UP, WEB, "used up its restarts");
    supervisor.answerWith(CompletableFuture.failedStage(refusal));

    assertThatIllegalStateException()
        .isThrownBy(() -> web.up(5))
        .withMessage("child 'web': used up its restarts (GAVE_UP)")
        .withNoCause();
  }

  @Test
  void refusal_ofADependentStage_isUnwrapped() {
    OperationRefusedException refusal =
        new OperationRefusedException(Refusal.SUPERSEDED, WEB, "wanted down");
    supervisor.answerWith(
        CompletableFuture.<ChildSnapshot>failedStage(refusal).thenApply(child -> child));

    assertThatIllegalStateException()
        .isThrownBy(() -> web.up(5))
        .withMessage("child 'web': wanted down (SUPERSEDED)");
  }

  @Test
  void refusal_seenRaw_isWhatEveryClientKnows() {
    supervisor.answerWith(
        CompletableFuture.failedStage(
            new OperationRefusedException(Refusal.TREE_STOPPED, WEB, "the tree is stopped")));

    assertThatThrownBy(
            () ->
                jmx.server()
                    .invoke(
                        JmxFixture.service("web"), "up", new Object[] {0}, new String[] {"int"}))
        .isInstanceOf(RuntimeMBeanException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TREE_STOPPED");
  }

  @Test
  void interrupt_whileWaiting_endsTheWaitingAndStaysSet() {
    Thread.currentThread().interrupt();

    String answer = web.up(60);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).isEqualTo("accepted, waiting interrupted: phase RUNNING");
  }

  @Test
  void stop_underWay_isAcceptedWithoutWaiting() {
    assertThat(jmx.supervisorProxy().stop("maintenance"))
        .isEqualTo("accepted, not waited for: phase RUNNING");
    assertThat(supervisor.calls()).containsExactly("stop asked by jmx: maintenance");
  }

  @Test
  void stop_alreadyStopped_tellsHowItEnded() {
    supervisor.answerStopWith(
        CompletableFuture.completedStage(
            new StopReport(
                StopReport.Cause.ASKED, "maintenance", Duration.ofSeconds(1), List.of(WEB))));

    assertThat(jmx.supervisorProxy().stop("again"))
        .isEqualTo("stopped: ASKED, maintenance, could not be killed: [web]");
  }
}
