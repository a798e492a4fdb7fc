package org.jsupervisor.platform;

import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.process.ChildId;

/** Where a launched child's stdout and stderr are connected to. */
public sealed interface OutputTarget {
  /** The sinks that a launch with it uses; one is named as often as there are pipes to it. */
  List<OutputSink> sinks();

  /** What one descriptor can be connected to. */
  sealed interface Single extends OutputTarget {}

  /** {@code /dev/null}. */
  record Null() implements Single {
    @Override
    public List<OutputSink> sinks() {
      return List.of();
    }
  }

  /**
   * One pipe, read by the platform's output threads.
   *
   * @param sink takes the bytes; the same object for all runs of a child
   */
  record Piped(OutputSink sink) implements Single {
    @Override
    public List<OutputSink> sinks() {
      return List.of(sink);
    }
  }

  /**
   * The writing end of the pipe that a child reads as its stdin; its spec says that it is
   * {@linkplain org.jsupervisor.spec.InputSpec.Fed fed}.
   *
   * @param consumer which child, whether it runs or not
   */
  record ToChild(ChildId consumer) implements Single {
    @Override
    public List<OutputSink> sinks() {
      return List.of();
    }
  }

  /**
   * Each connected by itself; the other two connect both to the same.
   *
   * @param stdout for stdout
   * @param stderr for stderr; the same sink as for stdout gets two sources
   */
  record Separate(Single stdout, Single stderr) implements OutputTarget {
    @Override
    public List<OutputSink> sinks() {
      return Stream.concat(stdout.sinks().stream(), stderr.sinks().stream()).toList();
    }
  }
}
