package org.jsupervisor.core.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Function;
import org.jsupervisor.core.internal.output.Destinations;
import org.jsupervisor.core.internal.output.Writers;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/** One sink for each child, whatever the embedder gives. */
class OutputsTest {
  private static final Incarnation RUN = new Incarnation(ChildId.of("a"), 1);
  private static final OutputSource SOURCE = new OutputSource(RUN);

  private final SimulatedPlatform platform = new SimulatedPlatform(0);

  private Outputs outputs(Function<LogSpec, OutputSink> logs) {
    Destinations destinations =
        new Destinations(logs, platform.ticker(), new Writers("test"), (run, bytes, why) -> {});
    return new Outputs(destinations, platform, run -> {});
  }

  private static ProcessSpec child(String id, OutputSpec output) {
    return ProcessSpec.builder(id, "true").withOutput(output).build();
  }

  private static OutputSink sink(OutputTarget target) {
    return ((OutputTarget.Piped) target).sink();
  }

  @Test
  void oneSinkForTwoChildren_orAgainAfterItsEnd_isNoBreachOfThePort() {
    OutputSink shared = (source, bytes) -> {};
    Outputs outputs = outputs(log -> shared);
    OutputSink ofA = sink(outputs.target(RUN, child("a", OutputSpec.to(shared))));
    OutputSink ofB = sink(outputs.target(RUN, child("b", OutputSpec.to(shared))));
    outputs.retire(ChildId.of("a"));
    OutputSink again = sink(outputs.target(RUN, child("a", OutputSpec.to(shared))));
    outputs.retireAll();

    assertThat(ofA).isNotSameAs(ofB).isNotSameAs(again);
  }

  @Test
  void sameChild_keepsItsSinkOverItsRuns() {
    Outputs outputs = outputs(log -> (source, bytes) -> {});
    ProcessSpec spec = child("a", OutputSpec.logged(Path.of("log")));
    assertThat(outputs.target(RUN, spec)).isEqualTo(outputs.target(RUN, spec));
  }

  @Test
  void sinkThatCannotBeMade_losesOutput_andSaysWhy() {
    Outputs outputs =
        outputs(
            (LogSpec log) -> {
              throw new IllegalStateException("no idea");
            });
    OutputSink sink = sink(outputs.target(RUN, child("a", OutputSpec.logged(Path.of("log")))));
    assertThatThrownBy(() -> sink.accept(SOURCE, ByteBuffer.allocate(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no idea");
  }

  @Test
  void sinkWhoseMakerFailsWithAnError_losesOutput_andSaysWhy() {
    Outputs outputs =
        outputs(
            (LogSpec log) -> {
              throw new NoClassDefFoundError("Gone");
            });
    OutputSink sink = sink(outputs.target(RUN, child("a", OutputSpec.logged(Path.of("log")))));
    assertThatThrownBy(() -> sink.accept(SOURCE, ByteBuffer.allocate(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Gone");
  }

  @Test
  @SuppressWarnings("NullAway")
  void sinkWhoseMakerMakesNothing_losesOutput_andSaysWhy() {
    Outputs outputs = outputs(log -> null);
    OutputSink sink = sink(outputs.target(RUN, child("a", OutputSpec.logged(Path.of("log")))));
    assertThatThrownBy(() -> sink.accept(SOURCE, ByteBuffer.allocate(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the sink for log could not be made");
  }
}
