package org.jsupervisor.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FinishSpec;

/** What is run after runs, by chance: in some scenarios nothing, in others after most. */
final class RandomFinishes {
  private static final int PERMANENT_FAILURE = 125;

  private final Dice dice;
  private final int chance;

  RandomFinishes(Dice dice) {
    this.dice = dice;
    this.chance = dice.percent(40) ? 70 : 0;
  }

  /** Of one child. */
  Optional<FinishSpec> spec() {
    return dice.percent(chance)
        ? Optional.of(
            FinishSpec.of(dice.of(FinishSpec.Style.values()), "finish")
                .withLimit(dice.millis(100, 3_000)))
        : Optional.empty();
  }

  /** How those of one child behave: the first few have mostly something wrong. */
  static List<SimulatedProgram> runs(Dice dice) {
    List<SimulatedProgram> runs = new ArrayList<>();
    int number = dice.between(0, 5);
    for (int i = 0; i < number; i++) {
      runs.add(run(dice));
    }
    return runs;
  }

  private static SimulatedProgram run(Dice dice) {
    SimulatedProgram run = SimulatedProgram.runs();
    return switch (dice.between(0, 9)) {
      case 0 -> SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram("program"));
      case 1 -> SimulatedProgram.hangs();
      case 2 -> run.launchTaking(dice.time(4_000)).exits(0, dice.time(2_000));
      case 3 -> run;
      case 4 -> run.ignoring(Signal.KILL);
      case 5 -> run.dyingTaking(dice.time(4_000));
      case 6 -> run.exits(PERMANENT_FAILURE, dice.time(1_000));
      case 7 -> run.exits(dice.between(1, 255), dice.time(4_000));
      case 8 -> run.exits(0, dice.time(4_000)).reportTaking(dice.time(2_000));
      default -> Script.FINISHES;
    };
  }
}
