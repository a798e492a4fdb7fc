package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is run after a run, with real processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixFinishTest extends PosixCase {

  /** Says who it is and what it was told, one line each. */
  private static final String TELL =
      "echo \"finish $*\" >> told; echo $$ >> pids; cut -d ' ' -f 5,6 /proc/$$/stat >> groups; ";

  @Override
  @AfterEach
  void leaveNothingBehind() {
    super.leaveNothingBehind();
    assertThat(isNobodyLeft()).isTrue();
  }

  private ProcessSpec.Builder child(String script) {
    return ProcessSpec.builder("c", "/bin/sh", "-c", "echo run >> told; " + script)
        .withDirectory(directory)
        .withReadiness(ReadinessSpec.atLaunch())
        .withStop(
            new StopSpec(
                StopSpec.of(Signal.TERM, Duration.ofSeconds(30)).ladder(), Duration.ofMillis(500)))
        .withRestart(
            RestartPolicy.transientPolicy().withBackoff(Backoff.fixed(Duration.ofHours(1))));
  }

  private static FinishSpec finish(FinishSpec.Style style, String script) {
    return FinishSpec.of(style, "/bin/sh", "-c", TELL + script, "finish")
        .withLimit(Duration.ofSeconds(60));
  }

  private void awaitRun() {
    world.awaitUntil("it runs", () -> lines("told").contains("run"));
  }

  private void awaitPhase(Phase phase) {
    world.awaitUntil("it is " + phase, () -> now().phase() == phase);
  }

  private String failure() {
    world.awaitUntil("a failure is told", () -> !failures().isEmpty());
    assertThat(failures()).hasSize(1);
    return failures().get(0);
  }

  private List<String> failures() {
    return events.stream()
        .filter(SupervisorEvent.FinishFailed.class::isInstance)
        .map(event -> ((SupervisorEvent.FinishFailed) event).why())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,   exit 3,       'finish '",
    "RUNIT,  exit 0,       finish 0 0",
    "RUNIT,  exit 3,       finish 3 0",
    "RUNIT,  kill -KILL $$, finish -1 9",
    "S6,     exit 0,       finish 0 0 c PID",
    "S6,     exit 3,       finish 3 0 c PID",
    "S6,     kill -TERM $$, finish 256 15 c PID",
    "PERP,   exit 0,       finish exit 0",
    "PERP,   exit 3,       finish exit 3",
    "PERP,   kill -USR1 $$, finish signal 10 SIGUSR1",
  })
  void arguments_areThoseOfTheStyle(FinishSpec.Style style, String script, String expected) {
    start(child("echo $$ > pid; " + script).withFinish(finish(style, "")));
    world.awaitUntil(
        "it has ended", () -> now().lastExit().isPresent() && !now().phase().isAlive());

    String pid = lines("pid").get(0);
    assertThat(lines("told")).containsExactly("run", expected.replace("PID", pid));
    assertThat(failures()).isEmpty();
  }

  @Test
  void finish_comesAfterEachRun_andBeforeTheNext() {
    start(
        child("exit 1")
            .withRestart(
                RestartPolicy.permanent()
                    .withBackoff(Backoff.none())
                    .withLimit(RestartIntensity.of(2, Duration.ofHours(1)))
                    .withGiveUp(GiveUp.stayDown()))
            .withFinish(finish(FinishSpec.Style.NONE, "sleep 0.05; echo finished >> told")));
    awaitPhase(Phase.FAILED);

    List<String> once = List.of("run", "finish ", "finished");
    assertThat(lines("told")).isEqualTo(Stream.of(once, once, once).flatMap(List::stream).toList());
  }

  @Test
  void permanentFailure_keepsItDown_andIsExplained() {
    start(
        child("exit 1")
            .withRestart(RestartPolicy.permanent().withBackoff(Backoff.none()))
            .withFinish(finish(FinishSpec.Style.S6, "exit 125")));
    awaitPhase(Phase.FAILED);

    assertThat(lines("told")).hasSize(2);
    assertThat(tree.explain(C).orElseThrow().chain().get(0).fact())
        .contains("its finish says that it is not to be started again (exit code 125)")
        .contains("exit code 1 after");
  }

  @Test
  void stoppedChild_isDownWhenItsFinishIsOver() {
    start(child("exec sleep 1000").withFinish(finish(FinishSpec.Style.RUNIT, "sleep 0.1")));
    awaitRun();
    world.await(tree.down(C));

    assertThat(lines("told")).containsExactly("run", "finish -1 15");
    assertThat(now().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void finishThatHangs_isKilledAtItsLimit_withItsGroup() throws IOException {
    start(
        child("exit 0")
            .withFinish(
                finish(FinishSpec.Style.NONE, "trap '' TERM; sleep 1000 & echo $! >> pids; wait")
                    .withLimit(Duration.ofMillis(300))));
    awaitPhase(Phase.FINISHED);

    assertThat(failure()).startsWith("not over in its time");
    assertThat(lines("pids")).hasSize(2);
    world.awaitUntil("its group is gone", this::isNobodyLeft);
  }

  private boolean isNobodyLeft() {
    return lines("pids").stream().noneMatch(pid -> Files.exists(Path.of("/proc", pid)));
  }

  @Test
  void finishThatCannotBeStarted_isTold_andHoldsNothingUp() {
    start(child("exit 0").withFinish(FinishSpec.of(FinishSpec.Style.NONE, "./no-such-finish")));
    awaitPhase(Phase.FINISHED);

    assertThat(failure()).contains("ENOENT");
  }

  @Test
  void finishThatFails_isTold() {
    start(child("exit 0").withFinish(finish(FinishSpec.Style.NONE, "exit 9")));
    awaitPhase(Phase.FINISHED);

    assertThat(failure()).isEqualTo("exit code 9");
  }

  @Test
  void finish_isRunAsTheChildIs_butForItsLockAndWhatComesBeforeIt() throws IOException {
    Path log = directory.resolve("log");
    start(
        child("echo out; exit 0")
            .addVariable("COLOUR", "green")
            .addStep(new FileStep.Lock(directory.resolve("lock"), FileStep.Lock.IfTaken.FAILS))
            .addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDOUT, log))
            .addStep(new ProgramStep.PreLaunch(Command.of("/bin/sh", "-c", "echo before >> told")))
            .withFinish(finish(FinishSpec.Style.NONE, "echo $COLOUR; cat; pwd >> told")));
    awaitPhase(Phase.FINISHED);

    assertThat(failures()).isEmpty();
    assertThat(lines("log")).containsExactly("out", "green");
    assertThat(lines("told"))
        .containsExactly("before", "run", "finish ", directory.toRealPath().toString());
    String pid = lines("pids").get(0);
    assertThat(lines("groups")).as("its group and session").containsExactly(pid + " " + pid);
  }

  @Test
  void output_goesWhereThatOfTheChildGoes_andNamesTheRun() {
    List<String> output = new CopyOnWriteArrayList<>();
    OutputSink sink =
        (source, bytes) ->
            output.add(source.incarnation() + " " + StandardCharsets.UTF_8.decode(bytes));
    start(
        child("printf from-the-run")
            .withOutput(OutputSpec.to(sink))
            .withFinish(finish(FinishSpec.Style.NONE, "printf from-its-finish")));
    awaitPhase(Phase.FINISHED);

    world.awaitUntil("both are there", () -> output.size() == 2);
    assertThat(output).containsExactlyInAnyOrder("c#1 from-the-run", "c#1/finish from-its-finish");
  }

  @Test
  void manyFinishes_leaveNoDescriptorBehind() {
    start(
        child("exit 1")
            .withOutput(OutputSpec.to((source, bytes) -> bytes.position(bytes.limit())))
            .withRestart(
                RestartPolicy.permanent()
                    .withBackoff(Backoff.fixed(Duration.ofMillis(1)))
                    .withLimit(RestartLimit.none()))
            .withFinish(finish(FinishSpec.Style.NONE, "echo done")));
    world.awaitUntil("the first runs", () -> now().counters().restarts() >= 2);
    world.await(tree.down(C));
    long before = descriptors();
    world.await(tree.up(C));
    world.awaitUntil("ten runs", () -> now().counters().exits() >= 12);
    world.await(tree.down(C));

    // Those of other tests can only become fewer meanwhile.
    world.awaitUntil("as few as before", () -> descriptors() <= before);
  }

  private static long descriptors() {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void treeThatIsStopped_waitsForAFinishThatHangs_asLongAsItsLimitAllows() {
    start(
        child("exec sleep 1000")
            .withFinish(
                finish(FinishSpec.Style.NONE, "exec sleep 1000")
                    .withLimit(Duration.ofMillis(300))));
    awaitRun();
    StopReport report = world.await(tree.stop("test"));

    assertThat(report.unkillable()).isEmpty();
    assertThat(lines("told")).containsExactly("run", "finish ");
    assertThat(failure()).startsWith("not over in its time");
    assertThat(isNobodyLeft()).isTrue();
  }

  @Test
  void treeWithoutTimeLeft_cutsAFinishThatHangsShort() {
    start(
        SupervisorSpec.builder("suite")
            .withStop(TeamStop.defaults().withStopWithin(Duration.ofMillis(200)))
            .addChild(
                child("exec sleep 1000")
                    .withFinish(
                        finish(FinishSpec.Style.NONE, "exec sleep 1000")
                            .withLimit(Duration.ofHours(1)))
                    .build()));
    awaitRun();
    StopReport report = world.await(tree.stop("test"));

    assertThat(report.unkillable()).isEmpty();
    assertThat(isNobodyLeft()).isTrue();
  }
}
