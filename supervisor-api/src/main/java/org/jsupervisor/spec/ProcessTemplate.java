package org.jsupervisor.spec;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.snapshot.Desire;

/**
 * A process with further arguments for each instance.
 *
 * @param pattern the process without them
 */
record ProcessTemplate(ProcessSpec pattern) implements ChildTemplate {
  /**
   * Refuses what no instance could be started with.
   *
   * @throws InvalidSpecException with all problems
   */
  ProcessTemplate {
    Problems problems = new Problems();
    String path = "template '" + pattern.id() + "'";
    if (!(pattern.output() instanceof OutputSpec.Discarded)) {
      problems.add(path, "output", "must be discarded: an output belongs to one child only");
    }
    if (pattern.significance() == Significance.SIGNIFICANT) {
      problems.add(path, "significance", "must be ORDINARY: there is no auto-shutdown");
    }
    if (pattern.initially() == Desire.DOWN) {
      problems.add(path, "initially", "must not be DOWN: an instance is started at once");
    }
    problems.throwIfAny();
  }

  @Override
  public ProcessSpec instance(String name, List<String> arguments) {
    List<String> argv = new ArrayList<>(pattern.command().argv());
    argv.addAll(arguments);
    return pattern.toBuilder()
        .withId(pattern.id().parent().orElseThrow().child(name).path())
        .withCommand(argv)
        .build();
  }
}
