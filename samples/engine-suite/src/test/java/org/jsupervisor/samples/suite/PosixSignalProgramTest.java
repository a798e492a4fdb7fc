package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is run instead of signals, with real processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixSignalProgramTest extends PosixCase {

  /** Ends when it reads a line, and tells of the signals that it hears. */
  private static final String SERVICE =
      "trap 'echo HUP >> told' HUP; trap 'echo TERM >> told; exit 7' TERM; "
          + "mkfifo pipe; exec 9<>pipe; echo $$ > pid; echo run >> told; "
          + "while :; do read -r line <&9 && exit 3; done";

  private void run(Signal signal, String program) {
    run(child(signal, program));
  }

  private void run(ProcessSpec.Builder child) {
    start(child);
    // The process may be faster than the word that it is there.
    world.awaitUntil(
        "it runs", () -> lines("told").contains("run") && now().phase() == Phase.RUNNING);
  }

  private ProcessSpec.Builder child(Signal signal, String program) {
    return ProcessSpec.builder("c", "/bin/sh", "-c", SERVICE)
        .withDirectory(directory)
        .withReadiness(ReadinessSpec.atLaunch())
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(60)))
        .withRestart(RestartPolicy.temporary())
        .withSignalPrograms(
            SignalPrograms.of(Map.of(signal, Command.of("/bin/sh", "-c", program)))
                .withLimit(Duration.ofSeconds(60)));
  }

  private void awaitTold(String what) {
    world.awaitUntil("it is told: " + what, () -> told().contains(what));
  }

  private List<String> told() {
    return events.stream().map(SupervisorEvent::describe).toList();
  }

  private void awaitLine(String line) {
    world.awaitUntil(line, () -> lines("told").contains(line));
  }

  private ExitStatus end() {
    return events.stream()
        .filter(SupervisorEvent.Ended.class::isInstance)
        .map(event -> ((SupervisorEvent.Ended) event).exit().status())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void programThatEndsTheServiceItself_keepsItsSignalFromBeingSent() {
    run(Signal.TERM, "echo \"program of $MAINPID in $PWD\" >> told; echo end > pipe");
    world.await(tree.down(C));

    assertThat(end()).isEqualTo(new ExitStatus.Exited(3));
    assertThat(lines("told"))
        .containsExactly("run", "program of " + lines("pid").get(0) + " in " + directory);
    assertThat(told()).noneMatch(line -> line.startsWith("sent TERM"));
  }

  @Test
  void programThatFails_isFollowedByTheSignal() {
    run(Signal.TERM, "echo program >> told; exit 1");
    world.await(tree.down(C));

    assertThat(end()).isEqualTo(new ExitStatus.Exited(7));
    assertThat(lines("told")).containsExactly("run", "program", "TERM");
    world.awaitUntil(
        "it is told",
        () ->
            told().stream()
                .anyMatch(line -> line.endsWith("; its program has failed: exit code 1")));
  }

  @Test
  void programThatHangs_isKilledAtItsLimit_withAllItHasStarted_andTheSignalIsSent() {
    SignalPrograms hangs =
        SignalPrograms.of(Map.of(Signal.HUP, Command.of("/bin/sh", "-c", "sleep 1000; exit 0")));
    run(child(Signal.TERM, "exit 1").withSignalPrograms(hangs.withLimit(Duration.ofMillis(300))));
    world.await(tree.signal(C, Signal.HUP));
    awaitLine("HUP");

    assertThat(now().phase()).isEqualTo(Phase.RUNNING);
    world.awaitUntil(
        "it is told",
        () ->
            told()
                .contains(
                    "the program for HUP has failed, HUP is sent: not over in its time: KILL"));
  }

  @Test
  void programThatHangs_putsNoStopOff() {
    run(
        child(Signal.TERM, "exec sleep 1000")
            .withStop(StopSpec.of(Signal.TERM, Duration.ofMillis(300))));
    world.await(tree.down(C));

    assertThat(end()).isEqualTo(new ExitStatus.Signalled(Signal.KILL, false));
    assertThat(lines("told")).containsExactly("run");
    world.awaitUntil(
        "it is told",
        () ->
            told().stream().anyMatch(line -> line.startsWith("the program for TERM is cut short")));
  }

  @Test
  void programOfARunThatEnds_isKilled() {
    run(Signal.HUP, "echo program >> told; exec sleep 1000");
    world.await(tree.signal(C, Signal.HUP));
    awaitLine("program");
    world.await(tree.down(C));

    assertThat(end()).isEqualTo(new ExitStatus.Exited(7));
    world.awaitUntil("no process is left", () -> !world.hasLiveProcesses());
    assertThat(lines("told")).doesNotContain("HUP");
  }

  @Test
  void programThatCannotBeStarted_isFollowedByTheSignal() {
    run(
        child(Signal.TERM, "exit 1")
            .withSignalPrograms(
                SignalPrograms.of(Map.of(Signal.HUP, Command.of("./no-such-program")))));
    world.await(tree.signal(C, Signal.HUP));
    awaitLine("HUP");
  }

  @Test
  void output_goesWhereThatOfTheChildGoes() {
    List<String> output = new CopyOnWriteArrayList<>();
    OutputSink sink =
        (source, bytes) ->
            output.add(source.incarnation() + " " + StandardCharsets.UTF_8.decode(bytes));
    run(child(Signal.HUP, "printf from-the-program").withOutput(OutputSpec.to(sink)));
    world.await(tree.signal(C, Signal.HUP));
    awaitTold("the program for HUP has done it, HUP is not sent: exit code 0");

    world.awaitUntil("it is there", () -> !output.isEmpty());
    assertThat(output).containsExactly("c#signal-1 from-the-program");
    assertThat(lines("told")).containsExactly("run");
  }
}
