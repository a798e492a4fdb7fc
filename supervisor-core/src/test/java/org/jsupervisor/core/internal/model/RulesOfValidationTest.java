package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What a supervisor refuses before it starts anything: OTP rules 1 to 10. */
class RulesOfValidationTest {
  @Test
  void r1_limitOutOfRange_isRefused_andTheMessageNamesIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartIntensity.of(-1, Duration.ofSeconds(5)))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartIntensity.of(1, Duration.ZERO))
        .withMessageContaining("period");
  }

  @Test
  void r2_defaults_areOneForOne_noCommonLimit_noAutoShutdown() {
    SupervisorSpec spec = SupervisorSpec.builder("t").build();
    assertThat(spec.strategy()).isEqualTo(RestartStrategy.oneForOne());
    assertThat(spec.limit()).isEqualTo(RestartLimit.none());
    assertThat(spec.autoShutdown()).isEqualTo(AutoShutdown.NEVER);
  }

  @Test
  void r4_idAndCommand_areMandatory() {
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> ProcessSpec.builder("", List.of()).build())
        .withMessageContaining("id")
        .withMessageContaining("command");
  }

  @Test
  void r6_defaults_canBeReadBack() {
    ProcessSpec spec = ProcessSpec.builder("a", "program").build();
    assertThat(spec.restart().type()).isEqualTo(RestartType.TRANSIENT);
    assertThat(spec.stop()).isEqualTo(StopSpec.defaults());
    assertThat(spec.significance()).isEqualTo(Significance.ORDINARY);
    Driver d = Driver.started(Driver.oneForOne(spec));
    assertThat(d.now("a").spec()).isEqualTo(spec);
  }

  @Test
  void r7_significant_isRefusedForPermanentChildren_andWithoutAutoShutdown() {
    ProcessSpec permanent =
        Driver.worker("a", RestartPolicy.permanent())
            .withSignificance(Significance.SIGNIFICANT)
            .build();
    ProcessSpec temporary =
        Driver.worker("b", RestartPolicy.temporary())
            .withSignificance(Significance.SIGNIFICANT)
            .build();
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(
            () ->
                SupervisorSpec.builder("t")
                    .withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                    .addChild(permanent)
                    .build())
        .withMessageContaining("permanent");
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> SupervisorSpec.builder("t").addChild(temporary).build())
        .withMessageContaining("auto-shutdown");
  }

  @Test
  void r8_idUsedTwice_isRefused_alsoDeepInATree() {
    SupervisorSpec.Builder twice =
        Driver.supervisor(
            "s", RestartStrategy.oneForOne(), Driver.permanent("a"), Driver.permanent("a"));
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> Driver.oneForOne(twice.build()))
        .withMessageContaining("unique");
  }
}
