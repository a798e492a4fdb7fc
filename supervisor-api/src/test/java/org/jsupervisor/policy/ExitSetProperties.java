package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;

/** Each end is in a set or not, and what is written can be read. */
class ExitSetProperties {
  @Property
  void text_readsBackAsTheSameSet(@ForAll("sets") ExitSet set) {
    assertThat(ExitSet.parse(set.toString())).isEqualTo(set).hasSameHashCodeAs(set);
  }

  @Property
  void union_hasWhatOneOfBothHas(
      @ForAll("sets") ExitSet one, @ForAll("sets") ExitSet other, @ForAll("ends") ExitStatus end) {
    assertThat(one.or(other).contains(end)).isEqualTo(one.contains(end) || other.contains(end));
  }

  @Property
  void anyText_isReadOrRefused(@ForAll String text) {
    try {
      assertThat(ExitSet.parse(text)).isNotNull();
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal.getMessage()).contains("must list exit codes");
    }
  }

  @Provide
  static Arbitrary<ExitStatus> ends() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 255).map(ExitStatus.Exited::new),
        Combinators.combine(signals(), Arbitraries.of(true, false)).as(ExitStatus.Signalled::new),
        Arbitraries.of(
            Life.NO_PROGRAM,
            Life.NO_ROOM,
            new ExitStatus.Lost("why"),
            new ExitStatus.Threw("java.lang.Error", "why")));
  }

  @Provide
  static Arbitrary<ExitSet> sets() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 255).set().ofMaxSize(40),
            signals().set().ofMaxSize(5),
            Arbitraries.of(ExitClass.class).set())
        .as(ExitSet::new);
  }

  private static Arbitrary<Signal> signals() {
    return Arbitraries.of("TERM", "KILL", "HUP", "RTMIN+3", "RTMAX", "64", "9", "IO")
        .map(Signal::new);
  }
}
