package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inputs, and who feeds whom. */
class InputSpecTest {
  private static ProcessSpec.Builder child(String id) {
    return ProcessSpec.builder(id, "true");
  }

  private static ProcessSpec.Builder feeding(String id, String consumer) {
    return child(id).withOutput(OutputSpec.toChild(consumer));
  }

  private static ProcessSpec.Builder fed(String id) {
    return child(id).withInput(InputSpec.fed());
  }

  private static SupervisorSpec.Builder of(ProcessSpec.Builder... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("tree");
    for (ProcessSpec.Builder child : children) {
      spec.addChild(child.build());
    }
    return spec;
  }

  private static List<String> problems(Runnable building) {
    return catchThrowableOfType(InvalidSpecException.class, building::run).problems().stream()
        .map(SpecProblem::toString)
        .toList();
  }

  private static List<String> problems(ProcessSpec.Builder... children) {
    return problems(() -> of(children).build());
  }

  @Test
  void input_isNothing_unlessItIsSaid() {
    assertThat(child("a").build().input()).isEqualTo(InputSpec.none());
    ProcessSpec fed = fed("a").build();
    assertThat(fed.toBuilder().build()).isEqualTo(fed);
    assertThat(fed.at(org.jsupervisor.process.ChildId.of("b")).input()).isEqualTo(InputSpec.fed());
  }

  @Test
  void defaultStopOfAFedChild_beginsWithTheEndOfItsInput() {
    assertThat(child("a").build().stop()).isEqualTo(StopSpec.defaults());
    assertThat(child("a").withInput(InputSpec.written()).build().stop())
        .isEqualTo(StopSpec.defaults());
    assertThat(fed("a").build().stop()).isEqualTo(StopSpec.endOfInput());
    assertThat(StopSpec.endOfInput().total()).isEqualTo(Duration.ofSeconds(42));
  }

  @Test
  void relativeFile_isRefused() {
    assertThat(problems(() -> InputSpec.file(Path.of("in"))))
        .containsExactly("input: must be an absolute path, was 'in'");
  }

  @Test
  void producer_dependsOnWhatItFeeds_asLongAsItFeedsIt() {
    ProcessSpec producer = feeding("a", "log").addDependency("db").build();
    assertThat(producer.dependencies())
        .containsExactly(
            new Dependency("db", WhenLost.GOES_ON), new Dependency("log", WhenLost.GOES_ON));
    assertThat(producer.toBuilder().build()).isEqualTo(producer);
    assertThat(producer.toBuilder().withOutput(OutputSpec.discarded()).build().dependencies())
        .containsExactly(new Dependency("db", WhenLost.GOES_ON));
  }

  @Test
  void producer_maySayItselfWhatTheLossOfItsConsumerMeans() {
    ProcessSpec producer = feeding("a", "log").addDependency("log", WhenLost.IS_STOPPED).build();
    assertThat(producer.dependencies()).containsExactly(new Dependency("log", WhenLost.IS_STOPPED));
    assertThat(producer.toBuilder().build()).isEqualTo(producer);
  }

  @Test
  void separateStreams_mayFeedTwo_orTheSame() {
    OutputSpec apart = OutputSpec.separate(OutputSpec.toChild("x"), OutputSpec.toChild("y"));
    assertThat(apart.consumers()).containsExactly("x", "y");
    assertThat(OutputSpec.separate(OutputSpec.toChild("x"), OutputSpec.toChild("x")).consumers())
        .containsExactly("x");
    assertThat(of(fed("x"), fed("y"), child("a").withOutput(apart)).build().children()).hasSize(3);
  }

  @Test
  void everyFeedThatCannotBe_isTold() {
    assertThat(
            problems(
                feeding("self", "self"),
                feeding("lost", "nobody"),
                feeding("deaf", "other"),
                child("other"),
                fed("p").withOutput(OutputSpec.toChild("q")),
                fed("q").withOutput(OutputSpec.toChild("p"))))
        .containsExactlyInAnyOrder(
            "child 'self': dependencies: must not depend on itself, was 'self'",
            "child 'self': output: must be a process whose input is FED, was 'self'",
            "child 'lost': dependencies: there must be a sibling with this name, was 'nobody'",
            "child 'deaf': output: must be a process whose input is FED, was 'other'",
            "dependencies: must not lead back to the same child, was 'p -> q -> p'");
  }

  @Test
  void taskOrSupervisor_cannotBeFed() {
    SupervisorSpec.Builder spec =
        of(feeding("a", "task"), feeding("b", "group"))
            .addChild(TaskSpec.builder("task", context -> {}).build())
            .addChild(SupervisorSpec.builder("group").build());
    assertThat(problems(spec::build)).hasSize(2).allMatch(told -> told.contains("input is FED"));
  }

  @Test
  void survivor_feedsSurvivorsOnly() {
    ProcessSpec.Builder survivor = feeding("a", "log").withHostDeath(HostDeath.SURVIVE);
    assertThat(problems(survivor, fed("log")))
        .containsExactly(
            "child 'a': output: must survive the host as well: else its end is that of both, was"
                + " 'log'");
    assertThat(of(survivor, fed("log").withHostDeath(HostDeath.SURVIVE)).build().children())
        .hasSize(2);
  }

  @Test
  void endOfInput_needsAnInputThatCanBeEnded() {
    assertThat(problems(() -> child("a").withStop(StopSpec.endOfInput()).build()))
        .containsExactly(
            "child 'a': stop: its input is NONE, must be WRITTEN or FED to be ended, was 'end of"
                + " input'");
    assertThat(
            child("a")
                .withInput(InputSpec.written())
                .withStop(StopSpec.endOfInput())
                .build()
                .stop()
                .endsInput())
        .isTrue();
    assertThat(problems(() -> StopStep.endOfInput(Duration.ZERO))).hasSize(1);
  }

  @Test
  void redirectOfStdin_doesNotReplaceAnInput() {
    assertThat(
            problems(() -> fed("a").addStep(FileStep.Redirect.input(Path.of("/dev/null"))).build()))
        .containsExactly(
            "child 'a': step redirect: must not replace an input that is FED, was 'STDIN'");
  }

  @Test
  void lineOfOutput_cannotBeAwaited_whereItIsNotRead() {
    ReadinessSpec line = ReadinessSpec.probed(new Probe.LogLine("up"));
    assertThat(problems(() -> feeding("a", "log").withReadiness(line).build()))
        .containsExactly(
            "child 'a': readiness: its output goes to a sibling, so it is not read here, was 'log"
                + " line'");
    OutputSpec apart = OutputSpec.separate(OutputSpec.discarded(), OutputSpec.toChild("log"));
    assertThat(child("a").withOutput(apart).withReadiness(line).build().output()).isEqualTo(apart);
  }
}
