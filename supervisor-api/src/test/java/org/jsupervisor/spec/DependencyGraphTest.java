package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.policy.RestartPolicy;
import org.junit.jupiter.api.Test;

/** What of dependencies is refused, with the path. */
class DependencyGraphTest {
  private static ProcessSpec child(String name, String... needs) {
    ProcessSpec.Builder spec = ProcessSpec.builder(name, "true");
    List.of(needs).forEach(spec::addDependency);
    return spec.build();
  }

  private static List<String> problems(ProcessSpec... children) {
    return DependencyGraph.problems(List.of(children)).stream().map(SpecProblem::toString).toList();
  }

  @Test
  void dependencies_inAnyOrder_areFine() {
    assertThat(problems(child("web", "db", "cache"), child("db"), child("cache", "db"))).isEmpty();
  }

  @Test
  void diamond_isNoCircle() {
    assertThat(problems(child("a", "b", "c"), child("b", "d"), child("c", "d"), child("d")))
        .isEmpty();
  }

  @Test
  void childItself_missing_andTwice_areRefused_allAtOnce() {
    assertThat(problems(child("a", "a"), child("b", "gone", "a", "a")))
        .containsExactly(
            "child 'a': dependencies: must not depend on itself, was 'a'",
            "child 'b': dependencies: there must be a sibling with this name, was 'gone'",
            "child 'b': dependencies: must be named once only, was 'a'");
  }

  @Test
  void circle_isRefused_withItsPath() {
    assertThat(problems(child("x", "a"), child("a", "b"), child("b", "c"), child("c", "a")))
        .containsExactly(
            "dependencies: must not lead back to the same child, was 'a -> b -> c -> a'");
  }

  @Test
  void everyCircle_isTold() {
    assertThat(problems(child("a", "b"), child("b", "a"), child("c", "d"), child("d", "c")))
        .hasSize(2);
  }

  @Test
  void longChain_isNoStackOverflow() {
    List<ProcessSpec> chain = new ArrayList<>();
    int length = 20_000;
    for (int i = 0; i < length; i++) {
      chain.add(i + 1 < length ? child("c" + i, "c" + (i + 1)) : child("c" + i));
    }
    assertThat(DependencyGraph.problems(chain)).isEmpty();
  }

  @Test
  void oneChild_isCheckedAlone_againstThoseThatAreThere() {
    List<ProcessSpec> there = List.of(child("a", "b"), child("b"), child("lost", "gone"));
    assertThat(DependencyGraph.problems(child("c", "a"), there)).isEmpty();
    assertThat(DependencyGraph.problems(child("b", "a"), there))
        .extracting(SpecProblem::toString)
        .containsExactly("dependencies: must not lead back to the same child, was 'b -> a -> b'");
    assertThat(DependencyGraph.problems(child("c", "nobody"), there)).hasSize(1);
  }

  @Test
  void supervisor_refusesThem_withItsOtherProblems() {
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(
            () ->
                SupervisorSpec.builder("t")
                    .addChild(child("a", "b"))
                    .addChild(child("b", "a"))
                    .addChild(child("b"))
                    .build())
        .satisfies(refusal -> assertThat(refusal.problems()).hasSizeGreaterThanOrEqualTo(1));
  }

  @Test
  void supervisorAsAChild_hasDependenciesToo_alsoAtAnotherAddress() {
    SupervisorSpec group =
        SupervisorSpec.builder("g").addDependency("db", WhenLost.IS_RESTARTED).build();
    assertThat(group.at(org.jsupervisor.process.ChildId.of("x/g")).dependencies())
        .containsExactly(new Dependency("db", WhenLost.IS_RESTARTED));
    assertThat(group.dependencies().get(0)).hasToString("db (IS_RESTARTED)");
  }

  @Test
  void oneshot_mustBeTransient() {
    ProcessSpec.Builder oneshot =
        ProcessSpec.builder("migrate", "true")
            .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1)));
    assertThat(oneshot.build().readiness().kind()).isEqualTo(ReadinessSpec.Kind.COMPLETED);
    for (RestartPolicy policy : List.of(RestartPolicy.permanent(), RestartPolicy.temporary())) {
      assertThatExceptionOfType(InvalidSpecException.class)
          .isThrownBy(() -> oneshot.withRestart(policy).build())
          .withMessageContaining("must be TRANSIENT if it is ready by completing");
    }
  }

  @Test
  void timesAndNumbers_areChecked() {
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> ReadinessSpec.completed(Duration.ZERO));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> TeamStop.defaults().withStopWithin(Duration.ofSeconds(-1)));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> TreeLimits.defaults().withStartingMax(0));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> TreeLimits.defaults().withLaunchWithin(Duration.ZERO));
  }

  @Test
  void limits_areReplacedOneByOne() {
    TreeLimits limits =
        TreeLimits.defaults().withStartingMax(3).withLaunchWithin(Duration.ofSeconds(5));
    assertThat(limits.startingMax()).isEqualTo(3);
    assertThat(limits.launchWithin()).isEqualTo(Duration.ofSeconds(5));
    assertThat(limits.restarts()).isEqualTo(TreeLimits.defaults().restarts());
    TeamStop stop =
        TeamStop.defaults()
            .withStopWithin(Duration.ofSeconds(9))
            .withOrder(TeamStop.Order.TOGETHER);
    assertThat(stop.within()).contains(Duration.ofSeconds(9));
    assertThat(stop.order()).isEqualTo(TeamStop.Order.TOGETHER);
  }
}
