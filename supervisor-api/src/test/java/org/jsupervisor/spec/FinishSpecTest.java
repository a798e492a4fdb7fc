package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FinishSpec.Style;
import org.junit.jupiter.api.Test;

/** What may be run after a run, and as which incarnation. */
class FinishSpecTest {
  private static final FinishSpec S6 = FinishSpec.of(Style.S6, "./finish", "now");

  @Test
  void defaults_areFiveSeconds_andTheCodesOfTheStyle() {
    assertThat(S6.limit()).isEqualTo(Duration.ofSeconds(5));
    assertThat(S6.never()).isEqualTo(ExitSet.codes(125));
    assertThat(S6.command()).isEqualTo(Command.of("./finish", "now"));
    for (Style other : new Style[] {Style.NONE, Style.RUNIT, Style.PERP}) {
      assertThat(FinishSpec.of(other, "./finish").never()).isEqualTo(ExitSet.NONE);
    }
  }

  @Test
  void limit_isPositive_andADayAtMost() {
    assertThat(S6.withLimit(Duration.ofDays(1)).limit()).isEqualTo(FinishSpec.LIMIT_MAX);
    assertThatThrownBy(() -> S6.withLimit(Duration.ZERO))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("finish: limit")
        .hasMessageContaining("must be positive and at most 24 hours");
    assertThatThrownBy(() -> S6.withLimit(Duration.ofDays(1).plusNanos(1)))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void never_isExitCodesOnly() {
    assertThat(S6.withNever(ExitSet.codes(0, 100)).never()).isEqualTo(ExitSet.codes(0, 100));
    assertThatThrownBy(() -> S6.withNever(ExitSet.signals(Signal.KILL)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("must be exit codes only");
  }

  @Test
  void commandWithoutRoomForTheFacts_isRefused() {
    int most = Command.ARGUMENTS_MAX - 4;
    Command full = new Command(Collections.nCopies(most, "x"));
    assertThat(FinishSpec.of(Style.S6, full).command()).isEqualTo(full);
    Command more = new Command(Collections.nCopies(most + 1, "x"));
    assertThatThrownBy(() -> FinishSpec.of(Style.S6, more))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("must have at most 9996 elements");
  }

  @Test
  void processes_haveNoneByDefault_andKeepTheirsAtAnotherAddress() {
    ProcessSpec.Builder builder = ProcessSpec.builder("a", "true");
    assertThat(builder.build().finish()).isEmpty();
    ProcessSpec followed = builder.withFinish(S6).build();
    assertThat(followed.at(ChildId.of("b")).finish()).contains(S6);
    assertThat(followed).isNotEqualTo(builder.withoutFinish().build());
    assertThat(builder.build().finish()).isEmpty();
  }

  @Test
  void incarnationOfAFinish_namesItsRun_andHasNoFinishItself() {
    Incarnation run = new Incarnation(ChildId.of("web"), 3);
    Incarnation finish = run.finish();
    assertThat(finish.isFinish()).isTrue();
    assertThat(finish.run()).isEqualTo(run);
    assertThat(finish).hasToString("web#3/finish");
    assertThat(run.isFinish()).isFalse();
    assertThat(run.run()).isEqualTo(run);
    assertThatThrownBy(finish::finish).isInstanceOf(IllegalArgumentException.class);
  }
}
