package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.OneChild.C;

import java.time.Duration;
import org.jsupervisor.log.TailSink;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.spec.OutputSpec;
import org.junit.jupiter.api.Test;

/** What operators see of a child's output without its log. */
class RecentOutputTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void lastLines_areThoseOfTheRun_recentOutput_thoseOfAll() {
    SimulatedTree tree =
        new SimulatedTree()
            .program(
                "c",
                run ->
                    SimulatedProgram.runs()
                        .writes("line " + run + "\u001b[2J\nout of", SECOND)
                        .writes(" order " + run + "\n", SECOND.plusMillis(1))
                        .exits(1, SECOND.multipliedBy(2)))
            .start(SimulatedTree.child("c").withOutput(OutputSpec.to(TailSink.of(100, 100_000))));
    tree.run(Duration.ofMillis(5_500));

    assertThat(tree.handle().lastLines(new Incarnation(C, 2)))
        .extracting(RecentOutput.RecentLine::text)
        .hasSize(2)
        .allMatch(text -> text.contains("2"))
        .noneMatch(text -> text.contains("\u001b"));
    assertThat(tree.handle().recentOutput(C)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(tree.handle().lastLines(new Incarnation(C, 99))).isEmpty();
  }

  @Test
  void childThatKeepsNothing_hasNoLines() {
    SimulatedTree tree = OneChild.running();

    assertThat(tree.handle().recentOutput(C)).isEmpty();
    assertThat(tree.handle().lastLines(new Incarnation(C, 1))).isEmpty();
  }
}
