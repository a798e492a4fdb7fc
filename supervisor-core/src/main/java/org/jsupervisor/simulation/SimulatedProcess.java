package org.jsupervisor.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.InputSpec;

/** One run. Which object stands for a run may change; what was planned for an old one lapses. */
record SimulatedProcess(
    Incarnation incarnation,
    ChildSpec.Kind kind,
    SimulatedProgram program,
    InputSpec input,
    OutputTarget output) {
  private static final Set<Signal> HARMLESS =
      Set.of(
          new Signal("CHLD"),
          Signal.CONT,
          Signal.STOP,
          new Signal("TSTP"),
          new Signal("TTIN"),
          new Signal("TTOU"),
          new Signal("URG"),
          Signal.WINCH);

  boolean isTask() {
    return kind == ChildSpec.Kind.TASK;
  }

  /** How it ends when nobody asks it: a task cannot be killed, it returns. */
  ExitStatus abrupt() {
    return isTask() ? new ExitStatus.Completed() : new ExitStatus.Signalled(Signal.KILL, false);
  }

  boolean isEndedBy(Signal signal) {
    return !HARMLESS.contains(signal) && !program.ignored().contains(signal);
  }

  /** Whether one of its streams leads to this child. */
  boolean feeds(ChildId child) {
    return leadsTo(output, child)
        || (output instanceof OutputTarget.Separate apart
            && (leadsTo(apart.stdout(), child) || leadsTo(apart.stderr(), child)));
  }

  private static boolean leadsTo(OutputTarget target, ChildId child) {
    return target instanceof OutputTarget.ToChild to && to.consumer().equals(child);
  }

  /**
   * The same run from now on: it is ready, and lives until a signal ends it; a command beside it is
   * over at once.
   */
  SimulatedProcess behaving() {
    return new SimulatedProcess(
        incarnation, kind, incarnation.isRun() ? Script.WELL : Script.FINISHES, input, output);
  }

  /** Hands bytes to the sink of stdout; what could not be kept is to be reported. */
  Optional<PlatformReport> write(SimulatedProgram.Writes writes) {
    if (output instanceof OutputTarget.Piped both) {
      return write(both.sink(), OutputSource.Stream.BOTH, writes);
    }
    return output instanceof OutputTarget.Separate apart
            && apart.stdout() instanceof OutputTarget.Piped stdout
        ? write(stdout.sink(), OutputSource.Stream.STDOUT, writes)
        : Optional.empty();
  }

  /** A simulated pipe cannot wait: what a sink wants to be offered again is lost, too. */
  private Optional<PlatformReport> write(
      OutputSink sink, OutputSource.Stream stream, SimulatedProgram.Writes writes) {
    ByteBuffer bytes = ByteBuffer.wrap(writes.bytes());
    try {
      sink.accept(new OutputSource(incarnation, stream), bytes);
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(
          new PlatformReport.OutputLost(incarnation, bytes.remaining(), failure.toString()));
    }
  }
}
