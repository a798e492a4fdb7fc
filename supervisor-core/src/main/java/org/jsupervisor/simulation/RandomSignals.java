package org.jsupervisor.simulation;

import java.util.List;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.SignalPrograms;

/** What is run instead of signals, by chance: in some scenarios nothing. */
final class RandomSignals {
  private static final List<Signal> SIGNALS =
      List.of(
          Signal.TERM,
          Signal.INT,
          Signal.HUP,
          Signal.USR1,
          Signal.STOP,
          Signal.CONT,
          Signal.ABRT,
          Signal.KILL);

  private final Dice dice;
  private final int chance;

  RandomSignals(Dice dice) {
    this.dice = dice;
    this.chance = dice.percent(40) ? 80 : 0;
  }

  /** Of one child. */
  SignalPrograms spec() {
    if (!dice.percent(chance)) {
      return SignalPrograms.none();
    }
    SignalPrograms programs = SignalPrograms.none().withLimit(dice.millis(100, 3_000));
    for (Signal signal : SIGNALS) {
      if (dice.percent(signal.equals(Signal.TERM) ? 80 : 40)) {
        programs = programs.with(signal, program(signal));
      }
    }
    return programs;
  }

  /** Each has another one, so that it says itself what it is run for. */
  private static Command program(Signal signal) {
    return Command.of("instead-of-" + signal);
  }
}
