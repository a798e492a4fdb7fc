package org.jsupervisor.simulation;

import java.time.Duration;
import org.jsupervisor.process.Signal;

/** Runs by chance: most of them have something wrong. */
final class RandomRuns {
  private static final Signal SEGV = new Signal("SEGV");

  private final Dice dice;

  RandomRuns(Dice dice) {
    this.dice = dice;
  }

  Script script() {
    Script script = dice.percent(15) ? Script.always(run()) : Script.well();
    int runs = dice.between(0, 5);
    for (int i = 0; i < runs; i++) {
      script = script.then(run());
    }
    return script;
  }

  /** Of a child that has to complete: most of its runs do so, sooner or later. */
  Script completing() {
    Script script = Script.always(SimulatedProgram.runs().exits(0, dice.time(2_000)));
    int runs = dice.between(0, 3);
    for (int i = 0; i < runs; i++) {
      script = script.then(dice.percent(50) ? run() : alive().exits(0, dice.time(4_000)));
    }
    return script;
  }

  private SimulatedProgram run() {
    return switch (dice.between(0, 11)) {
      case 0, 1 -> failing();
      case 2 -> alive().launchTaking(dice.time(4_000));
      case 3 ->
          dice.percent(40) ? SimulatedProgram.hangs() : alive().launchTaking(dice.time(9_000));
      case 4, 5, 6 -> alive().exits(dice.percent(30) ? 0 : dice.between(1, 255), dice.time(8_000));
      case 7 -> alive().diesOf(SEGV, dice.time(8_000));
      case 8 -> alive().exits(1, Duration.ZERO);
      default -> alive();
    };
  }

  private SimulatedProgram failing() {
    SimulatedProgram failing =
        SimulatedProgram.failsToLaunch(
            dice.percent(60)
                ? SimulatedErrors.noSuchProgram("program")
                : SimulatedErrors.noMoreProcesses("program"));
    return dice.percent(50) ? failing : failing.launchTaking(dice.time(3_000));
  }

  /** It lives until a signal ends it, or longer. */
  private SimulatedProgram alive() {
    SimulatedProgram run = SimulatedProgram.runs();
    if (dice.percent(80)) {
      run = run.notifies(dice.time(4_000));
    }
    if (dice.percent(20)) {
      run =
          dice.percent(25)
              ? run.ignoring(Signal.TERM, Signal.INT, Signal.KILL)
              : run.ignoring(Signal.TERM, Signal.HUP);
    }
    if (dice.percent(25)) {
      run = run.dyingTaking(dice.time(5_000));
    }
    return dice.percent(15) ? run.reportTaking(dice.time(5_000)) : run;
  }
}
