package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.junit.jupiter.api.Test;

class ChildTemplateTest {
  private static ProcessSpec.Builder pattern() {
    return ProcessSpec.builder("any", "program", "--fixed").withRestart(RestartPolicy.temporary());
  }

  @Test
  void instance_isThePattern_withItsNameAndFurtherArguments() {
    ProcessSpec made =
        (ProcessSpec) ChildTemplate.of(pattern().build()).instance("a", List.of("--own", "; rm"));
    assertThat(made.id()).isEqualTo(ChildId.of("a"));
    assertThat(made.command().argv()).containsExactly("program", "--fixed", "--own", "; rm");
    assertThat(made.restart()).isEqualTo(RestartPolicy.temporary());
  }

  @Test
  void templatesOfEqualPatterns_areEqual() {
    assertThat(ChildTemplate.of(pattern().build())).isEqualTo(ChildTemplate.of(pattern().build()));
  }

  @Test
  void patternThatNoInstanceCouldHave_isRefused_withAllProblems() {
    ProcessSpec wrong =
        pattern()
            .withOutput(OutputSpec.logged(Path.of("log")))
            .withSignificance(Significance.SIGNIFICANT)
            .withInitially(Desire.DOWN)
            .build();
    assertThatThrownBy(() -> ChildTemplate.of(wrong))
        .isInstanceOfSatisfying(
            InvalidSpecException.class, refusal -> assertThat(refusal.problems()).hasSize(3));
  }

  @Test
  void supervisorWithATemplate_stopsItsChildrenTogether_unlessItIsToldOtherwise() {
    ChildTemplate template = ChildTemplate.of(pattern().build());
    SupervisorSpec.Builder spec = SupervisorSpec.builder("pool").withTemplate(template);
    assertThat(spec.build().stop().order()).isEqualTo(TeamStop.Order.TOGETHER);
    assertThat(spec.withStop(TeamStop.defaults()).build().stop()).isEqualTo(TeamStop.defaults());
    assertThat(spec.build().at(ChildId.of("x/pool")).template()).contains(template);
  }
}
