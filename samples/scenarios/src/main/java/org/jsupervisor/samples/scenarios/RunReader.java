package org.jsupervisor.samples.scenarios;

import java.time.Duration;
import java.util.Map;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedErrors;
import org.jsupervisor.simulation.SimulatedProgram;

/** Reads how one run behaves. */
final class RunReader {
  /** What becomes of a start attempt. */
  enum Start {
    OK,
    FAILS,
    NO_ROOM,
    HANGS
  }

  static final Map<String, Start> STARTS =
      Words.of(
          "ok", Start.OK, "fails", Start.FAILS, "no_room", Start.NO_ROOM, "hangs", Start.HANGS);

  private RunReader() {}

  static SimulatedProgram run(Fields fields) {
    SimulatedProgram run =
        switch (fields.word("start", STARTS, Start.OK)) {
          case OK -> SimulatedProgram.runs();
          case FAILS -> SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram("program"));
          case NO_ROOM ->
              SimulatedProgram.failsToLaunch(SimulatedErrors.noMoreProcesses("program"));
          case HANGS -> SimulatedProgram.hangs();
        };
    if (fields.has("start_ms")) {
      run = run.launchTaking(fields.millis("start_ms", Duration.ZERO));
    }
    // It says so at once, unless the line says otherwise.
    if (fields.truth("says_ready", true)) {
      run = run.notifies(fields.millis("ready_ms", Duration.ZERO));
    }
    if (fields.has("exit_ms")) {
      run = exits(fields, run, fields.millis("exit_ms", Duration.ZERO));
    }
    if (fields.truth("ignores_end_of_input", false)) {
      run = run.ignoringEndOfInput();
    }
    Signal[] ignored =
        fields.list("ignores").stream()
            .map(name -> fields.checked(() -> Signal.parse(String.valueOf(name)), Signal.TERM))
            .toArray(Signal[]::new);
    return run.ignoring(ignored)
        .dyingTaking(fields.millis("dying_ms", Duration.ZERO))
        .reportTaking(fields.millis("report_ms", Duration.ZERO));
  }

  private static SimulatedProgram exits(Fields fields, SimulatedProgram run, Duration after) {
    ExitStatus status = status(fields);
    return status instanceof ExitStatus.Signalled signalled
        ? run.diesOf(signalled.signal(), after)
        : run.exits(status instanceof ExitStatus.Exited exited ? exited.code() : 1, after);
  }

  /** By a signal, or with a code, which is 0 by default. */
  static ExitStatus status(Fields fields) {
    long code = fields.number("code", 0, 0, 255);
    return fields.has("killed_by")
        ? new ExitStatus.Signalled(fields.parsed("killed_by", Signal::parse, Signal.KILL), false)
        : new ExitStatus.Exited((int) code);
  }
}
