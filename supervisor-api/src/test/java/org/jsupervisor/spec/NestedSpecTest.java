package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.jsupervisor.process.ChildId;
import org.junit.jupiter.api.Test;

/** What must hold across the supervisors of one tree is checked when it is described. */
class NestedSpecTest {
  private static final OutputSpec LOG = OutputSpec.logged(Path.of("/log/a"));

  private static ProcessSpec logging(String name) {
    return ProcessSpec.builder(name, "program").withOutput(LOG).build();
  }

  private static SupervisorSpec lead(String name, ChildSpec... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder(name);
    for (ChildSpec child : children) {
      spec.addChild(child);
    }
    return spec.build();
  }

  @Test
  void outputOfAChildBelowAnotherSupervisor_isRefused_withBothAddresses() {
    SupervisorSpec s = lead("s", lead("deep", logging("a")));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> lead("t", s, lead("u", logging("b"))))
        .withMessage("children: the output of u/b must not be that of s/deep/a, was '/log/a'");
  }

  @Test
  void treeThatIsTooDeep_isRefused_whereItIsMade() {
    SupervisorSpec deep = lead("s");
    for (int names = 1; names <= ChildId.DEPTH_MAX; names++) {
      deep = lead("s", deep);
    }
    SupervisorSpec deepest = deep;
    assertThat(deepest.children()).hasSize(1);
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> lead("t", deepest))
        .withMessage("children: must be at most 16 names deep, with all below it, was 's'");
  }
}
