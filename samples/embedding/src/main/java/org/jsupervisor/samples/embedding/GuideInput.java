package org.jsupervisor.samples.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;

/** The examples of docs/guide.md about what children read: a test checks that they are the same. */
final class GuideInput {
  private static final ChildId SHELL = ChildId.of("shell");

  private GuideInput() {}

  static List<ProcessSpec> input() {
    // [input]
    ProcessSpec log =
        ProcessSpec.builder("web-log", "svlogd", "-tt", "log/web")
            .withInput(InputSpec.fed())
            .withReadiness(ReadinessSpec.atLaunch())
            .build();
    ProcessSpec web =
        ProcessSpec.builder("web", "bin/web").withOutput(OutputSpec.toChild("web-log")).build();
    ProcessSpec shell =
        ProcessSpec.builder("shell", "bin/shell")
            .withInput(InputSpec.written())
            .withStop(
                new StopSpec(
                    List.of(
                        StopStep.endOfInput(Duration.ofSeconds(5)),
                        StopStep.of(Signal.TERM, Duration.ofSeconds(5))),
                    Duration.ofSeconds(2)))
            .build();
    // [/input]
    return List.of(log, web, shell);
  }

  static OptionalInt write(Supervisor tree) {
    // [write]
    Optional<ChildInput> input = tree.input(SHELL);
    ByteBuffer line = ByteBuffer.wrap("status\n".getBytes(UTF_8));
    OptionalInt taken = input.map(open -> open.write(line)).orElse(OptionalInt.empty());
    // [/write]
    return taken;
  }
}
