package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs are refused totally: every problem at once, with path, value and rule, and no secret. */
class SpecValidationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofDays(36_500);

  private static List<SpecProblem> problems(ThrowingCallable description) {
    InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, description);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal.problems();
  }

  @Test
  void builderWithSeveralProblems_tellsAllOfThem() {
    List<SpecProblem> problems =
        problems(
            () ->
                ProcessSpec.builder("no name", "", "a\0b")
                    .addVariable("A=B", "1")
                    .addVariable("OK", "sec\0ret")
                    .build());
    assertThat(problems).hasSize(5);
    assertThat(problems)
        .extracting(SpecProblem::path)
        .containsExactly(
            "child id",
            "child 'no name': command",
            "child 'no name': command[1]",
            "child 'no name': environment",
            "child 'no name': environment OK");
    assertThat(new InvalidSpecException(problems).getMessage())
        .startsWith("5 problems:\n")
        .doesNotContain("ret");
  }

  @Test
  void command_withNulInAnArgument_doesNotShowTheArgument() {
    assertThat(problems(() -> Command.of("psql", "--password=hunter2\0")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("command[1]");
              assertThat(problem.toString()).doesNotContain("hunter2");
            });
  }

  @Test
  void command_isBounded_andNamesAProgram() {
    assertThat(problems(() -> new Command(List.of()))).hasSize(1);
    assertThat(problems(() -> Command.of(""))).hasSize(1);
    assertThat(problems(() -> new Command(Collections.nCopies(10_001, "x"))))
        .extracting(SpecProblem::value)
        .containsExactly("10001");
    assertThat(new Command(Collections.nCopies(10_000, "x")).argv()).hasSize(10_000);
  }

  @Test
  void command_toString_neverShowsArguments() {
    assertThat(Command.of("psql", "--password=hunter2", "x")).hasToString("psql (+ 2 arguments)");
    assertThat(Command.of("true")).hasToString("true");
    assertThat(ProcessSpec.builder("c", "psql", "hunter2").addVariable("K", "hunter3").build())
        .asString()
        .doesNotContain("hunter");
  }

  @Test
  void environment_resolvesByItsMode() {
    Map<String, String> host = Map.of("A", "host", "B", "host");
    assertThat(Environment.inheritAll().with("A", "own").resolve(host))
        .containsExactly(Map.entry("A", "own"), Map.entry("B", "host"));
    assertThat(Environment.inheritOnly(Set.of("B", "MISSING")).with("C", "own").resolve(host))
        .containsExactly(Map.entry("B", "host"), Map.entry("C", "own"));
    assertThat(Environment.empty().with("C", "own").resolve(host))
        .containsExactly(Map.entry("C", "own"));
    assertThat(Environment.empty().resolve(host)).isEmpty();
  }

  @Test
  void environment_leavesOutWhatIsNotInherited_unlessItIsSet() {
    Map<String, String> host = Map.of("A", "1", "B", "2");
    Environment without = Environment.inheritAllBut(Set.of("A", "C"));
    assertThat(without.resolve(host)).containsExactly(Map.entry("B", "2"));
    assertThat(without.with("A", "own").resolve(host)).containsEntry("A", "own");
    assertThat(without).hasToString("Environment[inherits ALL_BUT[A, C], sets []]");
    assertThat(Environment.inheritAllBut(Set.of())).isEqualTo(Environment.inheritAll());
  }

  @Test
  void environment_toString_neverShowsValues() {
    assertThat(Environment.inheritOnly(Set.of("PATH")).with("TOKEN", "hunter2"))
        .hasToString("Environment[inherits [PATH], sets [TOKEN]]");
  }

  @Test
  void environment_doesNotChangeWithWhatItWasMadeFrom() {
    TreeMap<String, String> variables = new TreeMap<>(Map.of("A", "1"));
    Environment environment =
        new Environment(Environment.Inheritance.NONE, new TreeSet<>(), variables);
    variables.put("B", "2");
    assertThat(environment.variables()).containsOnlyKeys("A");
  }

  @Test
  void environment_tellsAllProblems() {
    assertThat(
            problems(
                () ->
                    new Environment(
                        Environment.Inheritance.ALL,
                        new TreeSet<>(Set.of("", "A=")),
                        new TreeMap<>(Map.of("B\0", "1", "C", "\0")))))
        .hasSize(5);
  }

  @Test
  void stop_isBounded() {
    StopStep step = StopStep.of(Signal.TERM, SECOND);
    assertThat(problems(() -> new StopSpec(Collections.nCopies(17, step), MAX.plusNanos(1))))
        .hasSize(2);
    assertThat(new StopSpec(Collections.nCopies(16, step), SECOND).total())
        .isEqualTo(Duration.ofSeconds(17));
    assertThat(problems(() -> StopStep.of(Signal.TERM, SECOND.negated())))
        .extracting(SpecProblem::toString)
        .containsExactly("grace after TERM: must be positive and at most 36500 days, was 'PT-1S'");
    assertThat(StopSpec.killAtOnce().ladder()).isEmpty();
  }

  @Test
  void stop_asAWhole_isBounded_soThatItsTimeFitsIntoNanoseconds() {
    StopStep longest = StopStep.of(Signal.TERM, MAX);
    assertThat(problems(() -> new StopSpec(List.of(longest), SECOND)))
        .extracting(SpecProblem::path)
        .containsExactly("stop: all steps together");
    assertThat(new StopSpec(List.of(), MAX).total()).isEqualTo(MAX);
  }

  @Test
  void readiness_isBounded() {
    assertThat(problems(() -> new ReadinessSpec.Notified(2, Duration.ZERO))).hasSize(2);
    assertThat(problems(() -> ReadinessSpec.notified(256))).hasSize(1);
    assertThat(problems(() -> ReadinessSpec.aliveFor(MAX.plusNanos(1)))).hasSize(1);
    assertThat(ReadinessSpec.aliveFor(MAX).kind()).isEqualTo(ReadinessSpec.Kind.ALIVE_FOR);
    assertThat(ReadinessSpec.notified(255).kind()).isEqualTo(ReadinessSpec.Kind.NOTIFIED);
    assertThat(ReadinessSpec.atLaunch().kind()).isEqualTo(ReadinessSpec.Kind.AT_LAUNCH);
  }

  @Test
  void log_isBounded() {
    Path directory = Path.of("log");
    assertThat(problems(() -> new LogSpec(directory, 4095, 0, Timestamps.NONE))).hasSize(2);
    assertThat(problems(() -> new LogSpec(directory, (1L << 40) + 1, 10_001, Timestamps.NONE)))
        .hasSize(2);
    assertThat(new LogSpec(directory, 1L << 40, 10_000, Timestamps.NONE).oldFilesMax())
        .isEqualTo(10_000);
  }

  @Test
  void log_tellsAllProblems() {
    LogSpec.Builder log = LogSpec.builder(Path.of("log"));
    assertThat(
            problems(
                () ->
                    log.withFileBytesMax(8192)
                        .withOldBytesMax(8191)
                        .withFileAgeMax(Duration.ofMillis(999))
                        .withLineBytesMax(47)
                        .withPrefix("a\nb")
                        .build()))
        .hasSize(4);
    assertThat(problems(() -> log.withPrefix("x".repeat(257)).build())).hasSize(4);
    assertThat(
            log
                .withOldBytesMax(8192)
                .withFileAgeMax(Duration.ofSeconds(1))
                .withLineBytesMax(48)
                .withPrefix("x".repeat(256))
                .build()
                .toBuilder()
                .build())
        .isEqualTo(log.build());
    assertThat(problems(() -> LineRule.select("a\nb"))).hasSize(1);
    assertThat(problems(() -> LineRule.deselect("x".repeat(257)))).hasSize(1);
    assertThat(problems(() -> LogSync.every(Duration.ZERO))).hasSize(1);
    assertThat(problems(() -> LogProcessing.command(List.of()))).hasSize(1);
    for (int i = 0; i <= LogSpec.RULES_MAX; i++) {
      log.addSelection(LineRule.select("*"));
    }
    assertThat(problems(log::build)).hasSize(1);
  }

  @Test
  void supervisor_tellsDuplicatesAndStrangersAndItsName() {
    ProcessSpec child = ProcessSpec.builder("a", "true").build();
    ProcessSpec nested = ProcessSpec.builder("a/b", "true").build();
    assertThat(
            problems(
                () ->
                    SupervisorSpec.builder("bad name")
                        .addChild(child)
                        .addChild(child)
                        .addChild(nested)
                        .build()))
        .extracting(SpecProblem::value)
        .containsExactly("bad name", "a", "a/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "a//b", "a b", "a\n"})
  void supervisorNameOutsideTheGrammar_isRefused(String name) {
    assertThat(problems(() -> SupervisorSpec.builder(name).build())).hasSize(1);
  }

  @Test
  void rootAsProcess_isRefused() {
    ProcessSpec child = ProcessSpec.builder("a", "true").build();
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(
            () ->
                new ProcessSpec(
                    ChildId.ROOT,
                    child.command(),
                    child.environment(),
                    child.directory(),
                    child.initially(),
                    child.readiness(),
                    child.restart(),
                    child.stop(),
                    child.input(),
                    child.output(),
                    child.significance(),
                    child.leftovers(),
                    child.dependencies(),
                    child.steps(),
                    child.hostDeath(),
                    child.watchdog(),
                    child.finish(),
                    child.signalPrograms()));
  }

  @Test
  void leftovers_areKilledUnlessKept_alsoAtAnotherAddress() {
    ProcessSpec.Builder builder = ProcessSpec.builder("a", "true");
    assertThat(builder.build().leftovers()).isEqualTo(Leftovers.KILLED);
    ProcessSpec kept = builder.withLeftovers(Leftovers.KEPT).build();
    assertThat(kept.at(ChildId.of("b")).leftovers()).isEqualTo(Leftovers.KEPT);
  }

  @Test
  void specs_areEqualByContent() {
    assertThat(full().build()).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
    assertThat(full().withInitially(Desire.UP).build()).isNotEqualTo(full().build());
    assertThat(full().addVariable("B", "2").build()).isNotEqualTo(full().build());
    assertThat(full().withLeftovers(Leftovers.KEPT).build()).isNotEqualTo(full().build());
  }

  @Test
  void builder_mayBeUsedTwice_withoutTouchingWhatItBuilt() {
    ProcessSpec.Builder builder = full();
    ProcessSpec first = builder.build();
    ProcessSpec second = builder.addVariable("B", "2").build();
    assertThat(first.environment().variables()).containsOnlyKeys("A");
    assertThat(second.environment().variables()).containsOnlyKeys("A", "B");
  }

  private static ProcessSpec.Builder full() {
    return ProcessSpec.builder("c", "sleep", "1")
        .withEnvironment(Environment.empty())
        .addVariable("A", "1")
        .withDirectory(Path.of("/"))
        .withInitially(Desire.DOWN)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(RestartPolicy.permanent())
        .withStop(StopSpec.of(Signal.INT, SECOND))
        .withOutput(OutputSpec.logged(LogSpec.of(Path.of("log"))));
  }
}
