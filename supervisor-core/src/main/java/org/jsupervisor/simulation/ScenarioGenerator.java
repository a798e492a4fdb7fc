package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * Scenarios by chance: a tree of up to three levels with any strategy, limit and policy; processes
 * that crash, cannot be started, are slow, hang, ignore signals or die late; dependencies, children
 * that have to complete, tasks, commands that follow runs, limits of the whole tree, bounded stops;
 * operations, exits and stalls at any moment, several of them at one instant. A seed means the same
 * scenario always, on every JDK, but not in every version of this library.
 *
 * <p>Two thirds of them end with a recovery, and expect that the tree is settled a while after it;
 * the others are stopped in the middle of their trouble.
 */
public final class ScenarioGenerator {
  private static final int TROUBLE_MILLIS = 40_000;
  private static final Duration CALM = Duration.ofMinutes(5);
  private static final int STEPS_MAX = 25;

  private final Dice dice;
  private final Dice finishes;
  private final Dice signals;
  private final RandomSpecs specs;
  private final SupervisorSpec tree;
  private final List<ChildId> workers = new ArrayList<>();
  private final List<ChildId> supervisors = new ArrayList<>();
  private final Set<ChildId> completing = new HashSet<>();

  private ScenarioGenerator(long seed) {
    this.dice = new Dice(seed);
    this.finishes = new Dice(~seed);
    this.signals = new Dice(Long.reverse(seed));
    this.specs = new RandomSpecs(dice, finishes, signals);
    this.tree = specs.tree();
    collect(ChildId.ROOT, tree);
    workers.add(ChildId.of("x"));
    if (!supervisors.isEmpty()) {
      workers.add(dice.of(supervisors).child("y"));
    }
  }

  private void collect(ChildId id, SupervisorSpec lead) {
    for (ChildSpec child : lead.children()) {
      ChildId address = id.child(child.id().name());
      if (child instanceof SupervisorSpec below) {
        supervisors.add(address);
        collect(address, below);
      } else {
        workers.add(address);
        if (((WorkerSpec) child).readiness().kind() == ReadinessSpec.Kind.COMPLETED) {
          completing.add(address);
        }
      }
    }
  }

  /** The scenario of a seed. */
  public static Scenario scenario(long seed) {
    return new ScenarioGenerator(seed).make().withSeed(seed);
  }

  private Scenario make() {
    RandomRuns runs = new RandomRuns(dice);
    Scenario scenario = Scenario.of(tree).withLimits(specs.limits());
    for (ChildId worker : workers) {
      Script script = completing.contains(worker) ? runs.completing() : runs.script();
      List<SimulatedProgram> after = RandomFinishes.runs(finishes);
      List<SimulatedProgram> instead = RandomFinishes.runs(signals);
      scenario = scenario.script(worker.path(), script.withFinishes(after).withSignals(instead));
    }
    List<Duration> times =
        Stream.generate(() -> dice.time(TROUBLE_MILLIS))
            .limit(dice.between(0, STEPS_MAX))
            .sorted(Comparator.naturalOrder())
            .toList();
    for (Duration time : times) {
      scenario = scenario.at(time, together());
    }
    Duration end = Duration.ofMillis(TROUBLE_MILLIS);
    if (dice.percent(66)) {
      scenario = scenario.at(end, new Happening.Recovery());
      end = end.plus(CALM);
      scenario = scenario.at(end, new Happening.ExpectSettled());
    }
    return scenario.at(end, new Happening.Stop()).until(end.plus(CALM));
  }

  private Happening[] together() {
    return Stream.generate(this::happening)
        .limit(dice.percent(60) ? 1 : dice.between(2, 4))
        .toArray(Happening[]::new);
  }

  private Happening happening() {
    int number = dice.between(0, 99);
    if (number < 40) {
      return new Happening.Exit(dice.of(workers), status());
    } else if (number < 48) {
      return new Happening.LateReport(dice.of(workers));
    } else if (number < 54) {
      return new Happening.Stall(dice.time(6_000));
    } else if (number < 55) {
      return new Happening.Stop();
    }
    return operation(number);
  }

  private ExitStatus status() {
    return switch (dice.between(0, 5)) {
      case 0, 1 -> new ExitStatus.Exited(0);
      case 2 -> new ExitStatus.Signalled(Signal.KILL, false);
      case 3 -> new ExitStatus.Lost("nobody knows");
      default -> new ExitStatus.Exited(dice.between(1, 255));
    };
  }

  private Happening operation(int number) {
    ChildId child =
        supervisors.isEmpty() || dice.percent(70) ? dice.of(workers) : dice.of(supervisors);
    if (number < 63) {
      return new Happening.Up(child);
    } else if (number < 66) {
      return new Happening.Once(child);
    } else if (number < 73) {
      return new Happening.Down(child);
    } else if (number < 80) {
      return new Happening.Restart(child);
    } else if (number < 82) {
      return new Happening.StaleRestart(child);
    } else if (number < 84) {
      return new Happening.Pause(child);
    } else if (number < 86) {
      return new Happening.Resume(child);
    } else if (number < 89) {
      return new Happening.SendSignal(child, dice.of(Signal.HUP, Signal.USR1, Signal.STOP));
    } else if (number < 94) {
      return new Happening.Remove(child);
    }
    return new Happening.Define(definition(child));
  }

  private ChildSpec definition(ChildId child) {
    boolean isSupervisor = supervisors.contains(child) ^ dice.percent(5);
    // It may depend on a sibling; where that makes a circle, it is refused.
    List<String> siblings = dice.percent(25) ? List.of(sibling(child)) : List.of();
    return isSupervisor
        ? specs.supervisor(child.name(), 3, AutoShutdown.NEVER, siblings).at(child)
        : specs.worker(child.name(), AutoShutdown.NEVER, siblings).at(child);
  }

  private String sibling(ChildId child) {
    List<ChildId> siblings =
        Stream.concat(workers.stream(), supervisors.stream())
            .filter(other -> other.parent().equals(child.parent()) && !other.equals(child))
            .toList();
    return siblings.isEmpty() ? "x" : dice.of(siblings).name();
  }
}
