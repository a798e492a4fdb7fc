package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.junit.jupiter.api.Test;

class TaskSpecTest {
  /** What a body holds is nobody's business: it must not be shown. */
  private record Body(String secret) implements TaskBody {
    @Override
    public void run(TaskContext context) {}
  }

  private static TaskSpec.Builder full() {
    return TaskSpec.builder("t", new Body("hunter2"))
        .withInitially(Desire.DOWN)
        .withReadyWithin(Duration.ofSeconds(5))
        .withRestart(RestartPolicy.temporary())
        .withGrace(Duration.ofSeconds(3))
        .withSignificance(Significance.SIGNIFICANT);
  }

  @Test
  void defaults_areThoseOfAProcess() {
    TaskSpec task = TaskSpec.builder("t", context -> {}).build();
    ProcessSpec process = ProcessSpec.builder("t", "true").build();
    assertThat(task.kind()).isEqualTo(ChildSpec.Kind.TASK);
    assertThat(task.initially()).isEqualTo(process.initially());
    assertThat(task.readiness()).isEqualTo(process.readiness());
    assertThat(task.restart()).isEqualTo(process.restart());
    assertThat(task.significance()).isEqualTo(process.significance());
    assertThat(task.grace()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void builder_replacesEachPart() {
    TaskSpec task = full().build();
    assertThat(task.initially()).isEqualTo(Desire.DOWN);
    assertThat(task.readiness()).isEqualTo(new ReadinessSpec.Notified(3, Duration.ofSeconds(5)));
    assertThat(task.restart()).isEqualTo(RestartPolicy.temporary());
    assertThat(task.grace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(task.significance()).isEqualTo(Significance.SIGNIFICANT);
  }

  @Test
  void allProblems_areToldAtOnce() {
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(
            () -> TaskSpec.builder("bad name", context -> {}).withGrace(Duration.ZERO).build())
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .extracting(SpecProblem::path)
                    .containsExactly("child id", "child 'bad name': stop: grace"));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(
            () ->
                new TaskSpec(
                    ChildId.ROOT,
                    context -> {},
                    Desire.UP,
                    ReadinessSpec.atLaunch(),
                    RestartPolicy.permanent(),
                    Problems.DURATION_MAX.plusNanos(1),
                    Significance.ORDINARY,
                    List.of()))
        .satisfies(refused -> assertThat(refused.problems()).hasSize(2));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> full().withReadyWithin(Duration.ofSeconds(-1)));
    assertThatNullPointerException()
        .isThrownBy(() -> TaskSpec.builder("t", null).build())
        .withMessage("a task must have a body");
  }

  @Test
  void specs_areEqualIfTheirPartsAre_theBodyToo() {
    assertThat(full().build()).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
    assertThat(full().withGrace(Duration.ofSeconds(4)).build()).isNotEqualTo(full().build());
    assertThat(TaskSpec.builder("t", new Body("a")).build())
        .isNotEqualTo(TaskSpec.builder("t", new Body("b")).build());
  }

  @Test
  void atAnotherAddress_isOtherwiseTheSame() {
    TaskSpec moved = full().build().at(ChildId.of("s/t"));
    assertThat(moved.id()).isEqualTo(ChildId.of("s/t"));
    assertThat(moved.at(ChildId.of("t"))).isEqualTo(full().build());
  }

  @Test
  void toString_hasNothingOfTheBody() {
    assertThat(full().build().toString())
        .startsWith("TaskSpec[id=t, initially=DOWN, ")
        .contains("grace=PT3S", "significance=SIGNIFICANT")
        .doesNotContain("hunter2", "Body");
  }

  @Test
  void supervisor_takesTasksAndProcesses_andItsRulesHoldForBoth() {
    SupervisorSpec spec =
        SupervisorSpec.builder("s")
            .addChild(ProcessSpec.builder("p", "true").build())
            .addChild(TaskSpec.builder("t", context -> {}).build())
            .build();
    assertThat(spec.children())
        .extracting(ChildSpec::kind)
        .isEqualTo(List.of(ChildSpec.Kind.PROCESS, ChildSpec.Kind.TASK));
    assertThat(spec.kind()).isEqualTo(ChildSpec.Kind.SUPERVISOR);
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> SupervisorSpec.builder("s").addChild(full().build()).build())
        .withMessageContaining("must not be significant in a supervisor without auto-shutdown");
  }
}
