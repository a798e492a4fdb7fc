package org.jsupervisor.definition.directory;

import java.util.Map;
import java.util.Optional;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.SignalPrograms;

/**
 * The programs of runit's {@code control} directory: what runsv runs before a signal, which it
 * sends only if the program fails. Confined to the call that reads them.
 */
final class RunitControls {
  private static final int SCRIPT_BYTES_MAX = 64 * 1024;
  private static final String AFTER_A_STOP = "nothing is run after the signal of a stop";

  private static final Map<String, Signal> SIGNALS =
      Map.of(
          "t", Signal.TERM,
          "p", Signal.STOP,
          "c", Signal.CONT,
          "h", Signal.HUP,
          "a", Signal.ALRM,
          "i", Signal.INT,
          "q", Signal.QUIT,
          "1", Signal.USR1,
          "2", Signal.USR2,
          "k", Signal.KILL);

  private final ServiceFiles control;

  private RunitControls(ServiceFiles control) {
    this.control = control;
  }

  /** Adds what the directory says to the service; it need not be there. */
  static void read(ServiceFiles files, ProcessSpec.Builder service) {
    if (files.hasDirectory("control")) {
      ServiceFiles control = files.below("control");
      if (control.isTrusted()) {
        new RunitControls(control).read(service);
      }
    }
  }

  private void read(ProcessSpec.Builder service) {
    SignalPrograms programs = SignalPrograms.none();
    for (String letter : control.names()) {
      Optional<Signal> signal = Optional.ofNullable(SIGNALS.get(letter));
      if (signal.isPresent() && isThere(letter)) {
        programs = programs.with(signal.get(), Command.of("./control/" + letter));
      } else if (letter.equals("u") && isThere(letter)) {
        // What it returns has no influence.
        Command before = Command.of("/bin/sh", "-c", "./control/u || :");
        service.addStep(new ProgramStep.PreLaunch(before));
      } else if (letter.equals("d") || letter.equals("x")) {
        tellUnused(letter);
      }
    }
    // runsv waits for each without limit.
    service.withSignalPrograms(programs.withLimit(SignalPrograms.LIMIT_MAX));
  }

  private void tellUnused(String letter) {
    if (control.hasProgram(letter)) {
      control.note(letter, "", "is not honoured: " + AFTER_A_STOP);
    }
  }

  private boolean isThere(String letter) {
    if (!control.checkOptionalProgram(letter)) {
      return false;
    }
    if (control
        .head(letter, SCRIPT_BYTES_MAX)
        .filter(text -> text.contains("supervise/"))
        .isPresent()) {
      control.note(letter, "supervise/", "is not there; the process id is in MAINPID");
    }
    return true;
  }
}
