package org.jsupervisor.spec;

import java.util.List;

/** What the input and the output of a process must not be, given the rest of its spec. */
record StreamRules(InputSpec input, OutputSpec output, StopSpec stop, ReadinessSpec readiness) {

  void check(String child, List<LaunchStep> steps, Problems problems) {
    if (stop.endsInput() && !input.canBeEnded()) {
      problems.add(
          child + ": stop",
          "end of input",
          "its input is " + input.kind() + ", must be WRITTEN or FED to be ended");
    }
    if (input.kind() != InputSpec.Kind.NONE
        && steps.stream().anyMatch(StreamRules::isRedirectOfStdin)) {
      problems.add(
          child + ": " + StepRules.path(LaunchStep.Kind.REDIRECT),
          "STDIN",
          "must not replace an input that is " + input.kind());
    }
    if (readiness instanceof ReadinessSpec.Probed probed
        && probed.probe() instanceof Probe.LogLine
        && !output.passesHere()) {
      problems.add(
          child + ": readiness",
          "log line",
          "its output goes to a sibling, so it is not read here");
    }
  }

  private static boolean isRedirectOfStdin(LaunchStep step) {
    return step instanceof FileStep.Redirect redirect
        && redirect.stream() == FileStep.Redirect.Stream.STDIN;
  }
}
