package org.jsupervisor.core.internal.command;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FinishSpec;

/**
 * The end of a run in the words of other supervisors, as {@link FinishSpec.Style} has them.
 *
 * @param status how it ended
 * @param name of the child
 * @param group the process group that it had
 * @param numbers what the platform knows of signals
 */
record ExitWords(ExitStatus status, String name, Pid group, Function<Signal, OptionalInt> numbers) {
  private static final int CORE_BIT = 0x80;
  private static final String UNKNOWN = "UNKNOWN";

  List<String> in(FinishSpec.Style style) {
    return switch (style) {
      case NONE, SYSTEMD -> List.of();
      case RUNIT -> List.of(code("-1"), Integer.toString(lowByte()));
      case S6 -> List.of(code("256"), Integer.toString(signal()), name, group.toString());
      case PERP ->
          status instanceof ExitStatus.Exited
              ? List.of("exit", code(""))
              : List.of("signal", Integer.toString(signal()), signalName());
    };
  }

  private String code(String otherwise) {
    return status instanceof ExitStatus.Exited exited ? Integer.toString(exited.code()) : otherwise;
  }

  private int signal() {
    return status instanceof ExitStatus.Signalled signalled
        ? numbers.apply(signalled.signal()).orElse(0)
        : 0;
  }

  private int lowByte() {
    boolean dumped = status instanceof ExitStatus.Signalled signalled && signalled.coreDumped();
    return dumped ? signal() | CORE_BIT : signal();
  }

  private String signalName() {
    return status instanceof ExitStatus.Signalled signalled
        ? "SIG" + signalled.signal().name()
        : UNKNOWN;
  }
}
