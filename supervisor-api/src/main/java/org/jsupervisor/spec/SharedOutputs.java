package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.process.ChildId;

/**
 * An output belongs to one child: two would mix their lines, and the first to go would close it.
 */
final class SharedOutputs {
  private final Problems problems;
  private final Map<Path, ChildId> directories = new HashMap<>();
  private final IdentityHashMap<OutputSink, ChildId> sinks = new IdentityHashMap<>();

  private SharedOutputs(Problems problems) {
    this.problems = problems;
  }

  /** Looks at these children only: those below nested supervisors were looked at with them. */
  static void check(List<ChildSpec> children, Problems problems) {
    SharedOutputs shared = new SharedOutputs(problems);
    for (ChildSpec child : children) {
      if (child instanceof ProcessSpec process) {
        shared.check(process);
      }
    }
  }

  private void check(ProcessSpec process) {
    if (process.output() instanceof OutputSpec.Logged logged) {
      Path directory = logged.log().directory().toAbsolutePath().normalize();
      complain(process.id(), directories.put(directory, process.id()), directory.toString());
    } else if (process.output() instanceof OutputSpec.Custom custom) {
      complain(process.id(), sinks.put(custom.sink(), process.id()), "the same sink");
    }
  }

  private void complain(ChildId child, @Nullable ChildId other, String what) {
    if (other != null) {
      problems.add("children", what, "the output of " + child + " must not be that of " + other);
    }
  }
}
