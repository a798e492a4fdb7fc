package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/** The simulated platform keeps the port's contract, and holds its caller to it. */
class SimulatedPlatformTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimulatedPlatform platform = new SimulatedPlatform(Long.MAX_VALUE - 10);
  private final List<PlatformReport> reports = new ArrayList<>();

  private static Incarnation run(long number) {
    return new Incarnation(ChildId.of("c"), number);
  }

  private void launch(long number, OutputTarget output) {
    ProcessSpec spec = ProcessSpec.builder("c", "program").build();
    platform.launch(new LaunchRequest(run(number), spec, output));
  }

  private void launch(long number) {
    launch(number, new OutputTarget.Null());
  }

  private List<String> poll(long nanos) {
    reports.clear();
    platform.poll(nanos, reports::add);
    return reports.stream().map(report -> report.getClass().getSimpleName()).toList();
  }

  @Test
  void time_passesInPollsOnly_asFarAsTheNextThing() {
    platform.register("program", SimulatedProgram.runs().exits(0, SECOND));
    launch(1);
    long begin = platform.ticker().readNanos();
    assertThat(poll(Platform.FOREVER_NANOS)).containsExactly("Launched");
    assertThat(platform.ticker().readNanos() - begin).isZero();
    assertThat(poll(5)).isEmpty();
    assertThat(platform.ticker().readNanos() - begin).isEqualTo(5);
    assertThat(poll(Platform.FOREVER_NANOS)).containsExactly("Exited", "OutputEnded");
    assertThat(platform.ticker().readNanos() - begin).isEqualTo(SECOND.toNanos());
    assertThat(platform.isQuiet()).isTrue();
    assertThat(poll(Platform.FOREVER_NANOS)).isEmpty();
  }

  @Test
  void wakeUp_endsOnePoll_beforeOrAfterTheCall() {
    platform.wakeUp();
    long begin = platform.ticker().readNanos();
    assertThat(poll(1_000)).isEmpty();
    assertThat(platform.ticker().readNanos() - begin).isZero();
    assertThat(poll(1_000)).isEmpty();
    assertThat(platform.ticker().readNanos() - begin).isEqualTo(1_000);
  }

  @Test
  void unregisteredProgram_failsToLaunch() {
    launch(1);
    assertThat(poll(0)).containsExactly("LaunchFailed");
    assertThat(((PlatformReport.LaunchFailed) reports.get(0)).failure().error())
        .isEqualTo("ENOENT");
    assertThat(platform.alive()).isEmpty();
  }

  @Test
  void signals_endOrNot_asForAProgramWithoutHandlers() {
    platform.register("program", SimulatedProgram.runs().ignoring(Signal.TERM));
    launch(1);
    poll(0);
    platform.signal(run(1), Signal.CONT);
    platform.signal(run(1), Signal.TERM);
    platform.signal(run(2), Signal.KILL);
    assertThat(poll(0)).isEmpty();
    platform.signal(run(1), Signal.KILL);
    assertThat(poll(0)).containsExactly("Exited", "OutputEnded");
    platform.signal(run(1), Signal.KILL);
    assertThat(poll(0)).isEmpty();
  }

  @Test
  void breachesOfTheContract_areToldAtOnce() {
    platform.register("program", SimulatedProgram.runs());
    launch(1);
    poll(0);
    assertThatIllegalStateException()
        .isThrownBy(() -> launch(1))
        .withMessageContaining("c#1 was launched before");
    assertThatIllegalStateException()
        .isThrownBy(() -> launch(2))
        .withMessageContaining("c#2 was launched while an older run lives");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> platform.signal(run(1), new Signal("EMT")));
    OutputSink sink = (source, bytes) -> {};
    platform.retire(sink);
    assertThatIllegalStateException().isThrownBy(() -> platform.retire(sink));
    platform.kill(ChildId.of("c"));
    assertThatIllegalStateException()
        .isThrownBy(() -> launch(3, new OutputTarget.Piped(sink)))
        .withMessageContaining("a retired sink is used again");
  }

  @Test
  void close_killsWhatLives_andRefusesTheRest() {
    platform.register("program", SimulatedProgram.runs());
    launch(1);
    poll(0);
    platform.close();
    platform.close();
    assertThat(platform.alive()).isEmpty();
    assertThat(platform.trace()).contains("0 ms end c#1 killed by signal KILL");
    assertThatIllegalStateException().isThrownBy(() -> poll(0));
    platform.wakeUp();
  }

  @Test
  void sinkThatCannotTakeIt_isReportedAsLoss() {
    platform.register("program", SimulatedProgram.runs().writes("hello", Duration.ZERO));
    launch(
        1,
        new OutputTarget.Piped(
            new OutputSink() {
              @Override
              public void accept(OutputSource source, ByteBuffer bytes) throws java.io.IOException {
                throw new java.io.IOException("disk full after " + bytes.get());
              }
            }));
    assertThat(poll(0)).containsExactly("Launched", "OutputLost");
    assertThat(((PlatformReport.OutputLost) reports.get(1)).bytes()).isEqualTo(4);
  }
}
