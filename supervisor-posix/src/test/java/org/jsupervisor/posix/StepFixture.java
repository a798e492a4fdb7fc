package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.ProcessSpec;

/** A platform for the tests of launch steps, on this Linux with its tools. */
final class StepFixture implements AutoCloseable {
  static final String PATH = "/usr/sbin:/usr/bin:/bin";

  final PlatformFixture platform;

  StepFixture(Map<String, String> hostEnvironment) {
    platform = new PlatformFixture(PosixOptions.defaults().withHostEnvironment(hostEnvironment));
  }

  StepFixture() {
    this(Map.of("PATH", PATH));
  }

  @Override
  public void close() {
    platform.close();
  }

  String output(LaunchStep step, String... command) {
    return output(spec -> spec.addStep(step), command);
  }

  /** What it has written, after it has ended well. */
  String output(UnaryOperator<ProcessSpec.Builder> with, String... command) {
    CollectingSink sink = new CollectingSink();
    Incarnation run = platform.launch(new OutputTarget.Piped(sink), with, command);
    platform.await(
        "an outcome",
        () ->
            !platform.all(PlatformReport.LaunchFailed.class, run).isEmpty()
                || !platform.all(PlatformReport.OutputEnded.class, run).isEmpty());
    assertThat(platform.all(PlatformReport.LaunchFailed.class, run)).isEmpty();
    assertThat(platform.awaitExit(run)).as(sink.text()).isEqualTo(new ExitStatus.Exited(0));
    return sink.text();
  }

  static String hostOutput(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }
}
