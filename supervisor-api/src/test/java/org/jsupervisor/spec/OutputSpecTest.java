package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where output goes, and what is refused of it. */
class OutputSpecTest {
  private static final OutputSink SINK = (source, bytes) -> {};
  private static final Path LOG = Path.of("log");

  @Test
  void sharedOutputs_areRefused() {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("t");
    OutputSink sink = (source, bytes) -> {};
    for (String id : new String[] {"a", "b"}) {
      spec.addChild(
          ProcessSpec.builder(id, "true").withOutput(OutputSpec.logged(Path.of("log"))).build());
    }
    for (String id : new String[] {"c", "d"}) {
      spec.addChild(ProcessSpec.builder(id, "true").withOutput(OutputSpec.to(sink)).build());
    }
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(spec::build)
        .satisfies(refused -> assertThat(refused.problems()).hasSize(2))
        .withMessageContaining("the output of b must not be that of a")
        .withMessageContaining("the output of d must not be that of c");
  }

  @Test
  void logDirectories_block_andOtherSinksLoseWhatTheyRefuse() {
    assertThat(OutputSpec.logged(LOG).backPressure()).isEqualTo(BackPressure.block());
    assertThat(OutputSpec.to(SINK).backPressure()).isEqualTo(BackPressure.loseRefused());
    BackPressure drop = BackPressure.dropOldest(1 << 20);
    assertThat(OutputSpec.logged(LOG).withBackPressure(drop).backPressure()).isEqualTo(drop);
    assertThat(OutputSpec.to(SINK).withBackPressure(drop).backPressure()).isEqualTo(drop);
  }

  @Test
  void samePlaceTwice_onOneRoute_isRefused_withItsName() {
    assertThatThrownBy(
            () -> OutputSpec.toAll(OutputSpec.logged(LOG), OutputSpec.logged(Path.of("./log"))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("output")
        .hasMessageContaining(LOG.toAbsolutePath().toString())
        .hasMessageContaining("must not be there twice");
    assertThatThrownBy(() -> OutputSpec.toAll(OutputSpec.to(SINK), OutputSpec.to(SINK)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("the same sink");
  }

  @Test
  void noDestination_andTooMany_areRefused() {
    assertThatThrownBy(OutputSpec::toAll).hasMessageContaining("must be 1 to 8");
    OutputSpec.Destination[] nine = new OutputSpec.Destination[9];
    for (int n = 0; n < nine.length; n++) {
      nine[n] = OutputSpec.logged(Path.of("log" + n));
    }
    assertThatThrownBy(() -> OutputSpec.toAll(nine)).hasMessageContaining("'9'");
  }

  @Test
  void spillFile_isAPlaceToo() {
    BackPressure spill = BackPressure.spill(Path.of("spill"), 1 << 20);
    OutputSpec one = OutputSpec.logged(Path.of("a")).withBackPressure(spill);
    OutputSpec other = OutputSpec.logged(Path.of("b")).withBackPressure(spill);
    assertThat(one.sharesWith(other)).isTrue();
    assertThat(one.sharesWith(OutputSpec.logged(Path.of("b")))).isFalse();
  }

  @Test
  void bothStreams_mayShareAPlace_thatIsDescribedOnce() {
    OutputSpec.Destination log = OutputSpec.logged(LOG);
    assertThat(OutputSpec.separate(log, OutputSpec.logged(LOG)).destinations()).hasSize(2);
    assertThatThrownBy(
            () ->
                OutputSpec.separate(
                    log, OutputSpec.logged(LOG).withBackPressure(BackPressure.loseRefused())))
        .hasMessageContaining("output: stderr")
        .hasMessageContaining("must be described as that of stdout");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, (64 << 10) - 1, (1 << 30) + 1, Long.MAX_VALUE})
  void budgetInMemory_hasBounds(long budget) {
    assertThatThrownBy(() -> BackPressure.dropNewest(budget))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("back-pressure: budget")
        .hasMessageContaining(Long.toString(budget))
        .hasMessageContaining("must be 65536 to 1073741824");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, (64 << 10) - 1, (1L << 40) + 1})
  void budgetOnDisk_hasBounds(long budget) {
    assertThatThrownBy(() -> BackPressure.spill(Path.of("spill"), budget))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("must be 65536 to 1099511627776");
  }

  /** A sink whose own methods throw, or tell secrets. */
  private static final class Rude implements OutputSink {
    @Override
    public void accept(OutputSource source, ByteBuffer bytes) {}

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("asked");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("asked");
    }

    @Override
    public String toString() {
      return "secret";
    }
  }

  @Test
  void sink_isTheSameOnlyAsItself_andIsNotAsked() {
    Rude rude = new Rude();
    assertThat(OutputSpec.to(rude).equals(OutputSpec.to(rude))).isTrue();
    assertThat(OutputSpec.to(rude).hashCode()).isEqualTo(OutputSpec.to(rude).hashCode());
    assertThat(OutputSpec.to(rude).equals(OutputSpec.to(new Rude()))).isFalse();
    assertThat(OutputSpec.to(rude).toString()).contains("Rude").doesNotContain("secret");
  }
}
