package org.jsupervisor.core.internal.command;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;

/**
 * The end of a run in the variables of systemd, as {@link FinishSpec.Style#SYSTEMD} has them.
 *
 * @param exit the end
 * @param clean the ends that are a success
 * @param stop how the run was to be stopped
 */
record ExitVariables(Exit exit, ExitSet clean, StopSpec stop) {
  /** By name; none if nothing is known of the end. */
  Map<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    if (exit.status() instanceof ExitStatus.Exited exited) {
      all.put("EXIT_CODE", "exited");
      all.put("EXIT_STATUS", Integer.toString(exited.code()));
      all.put("SERVICE_RESULT", result("exit-code"));
    } else if (exit.status() instanceof ExitStatus.Signalled signalled) {
      boolean dumped = signalled.coreDumped();
      all.put("EXIT_CODE", dumped ? "dumped" : "killed");
      all.put("EXIT_STATUS", signalled.signal().name());
      all.put("SERVICE_RESULT", result(dumped ? "core-dump" : "signal"));
    }
    return all;
  }

  private String result(String failure) {
    return switch (exit.cause()) {
      case WATCHDOG -> "watchdog";
      case START_TIMEOUT -> "timeout";
      case BY_ITSELF, ASKED_TO_STOP, LAUNCH_FAILED -> {
        if (clean.contains(exit.status())) {
          yield "success";
        }
        yield wasKilled() ? "timeout" : failure;
      }
    };
  }

  /** Whether its time to stop was over; not if KILL is what it was to be stopped with. */
  private boolean wasKilled() {
    return exit.cause() == ExitCause.ASKED_TO_STOP
        && exit.status() instanceof ExitStatus.Signalled signalled
        && signalled.signal().equals(Signal.KILL)
        && !stop.ladder().isEmpty()
        && stop.ladder().stream().noneMatch(ExitVariables::kills);
  }

  private static boolean kills(StopStep step) {
    return step instanceof StopStep.SendSignal send && send.signal().equals(Signal.KILL);
  }
}
