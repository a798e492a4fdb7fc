package org.jsupervisor.samples.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line: what it prints, and how it ends. */
class ScenariosTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String input, String... arguments) {
    return new Scenarios(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void seedAsJson_givesTheSameTraceAsTheSeed() {
    assertThat(run("", "seed", "--json", "5")).isZero();
    String scenario = out();
    out.reset();
    assertThat(run("", "seed", "5")).isZero();
    String trace = out();
    out.reset();
    assertThat(run(scenario, "run", "-")).isZero();

    assertThat(out()).isEqualTo(trace);
  }

  @Test
  void seeds_tellHowManyAndHowFast() {
    assertThat(run("", "seeds", "0", "9")).isZero();

    assertThat(out()).matches("10 seeds, nothing broken; .* seeds/s, .* steps/s\\R");
  }

  @Test
  void expectationThatIsBroken_isTheLastLine_andTheExitCode() {
    String scenario =
        """
        {"tree":{"children":[{"child":"a"}]}}
        {"run":"a","start":"hangs"}
        {"expect_settled":true}
        """;
    assertThat(run(scenario, "run", "-")).isEqualTo(Scenarios.BROKEN);

    assertThat(out().lines().reduce((a, b) -> b).orElseThrow())
        .startsWith("{\"what\":\"broken\",\"invariant\":\"not settled: a is wanted UP");
  }

  @Test
  void badInput_isToldOnStderr_andIsExitCode2() {
    assertThat(run("{}", "run", "-")).isEqualTo(Scenarios.BAD_INPUT);
    assertThat(err())
        .contains(
            "line 1: there is nothing that is to happen",
            "line 1: there must be a line with 'tree'");
    assertThat(run("", "run", "not-there.jsonl")).isEqualTo(Scenarios.BAD_INPUT);
    assertThat(err()).contains("cannot be read");
    assertThat(run("", "seed", "x")).isEqualTo(Scenarios.BAD_INPUT);
    assertThat(run("", "seeds", "2", "1")).isEqualTo(Scenarios.BAD_INPUT);
    assertThat(err()).contains("seeds: FROM must be at most TO, was 2 and 1");
    assertThat(run("", "fly")).isEqualTo(Scenarios.BAD_INPUT);
    assertThat(err()).contains("usage: scenarios run");
    assertThat(out()).isEmpty();
  }
}
