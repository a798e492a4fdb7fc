package org.jsupervisor.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.WorkerSpec;

/** One run of a scenario. Confined to its caller. */
final class SimulationRun {
  /** More cycles than any tree needs at one instant: beyond it, it spins. */
  private static final int CYCLES_AT_ONE_INSTANT_MAX = 5_000;

  /** So that its readings wrap half a minute after the start: nothing may compare them by size. */
  private static final long ORIGIN_NANOS = Long.MAX_VALUE - 30_000_000_000L;

  private final Scenario scenario;
  private final SimulatedPlatform simulated;
  private final Ledger ledger;
  private final Invariants invariants;
  private final InvokedSupervisor invoked;
  private final List<TraceLine> lines = new ArrayList<>();
  private final Map<ChildId, Integer> attempts = new HashMap<>();
  private final Map<ChildId, Integer> finishes = new HashMap<>();
  private final Map<ChildId, Integer> signals = new HashMap<>();
  private @Nullable BrokenInvariant heard;
  private @Nullable Supervisor watched;
  private boolean recovered;
  private int pending;
  private long cycles;

  SimulationRun(Scenario scenario) {
    this.scenario = scenario;
    this.simulated = new SimulatedPlatform(ORIGIN_NANOS, this::next);
    this.invariants = new Invariants(scenario.tree(), scenario.limits());
    this.ledger = new Ledger(simulated, invariants);
    this.invoked =
        SupervisorBuilder.of(scenario.tree(), ledger)
            .withTreeLimits(scenario.limits())
            .withRandom(new Random(scenario.seed()))
            .withWallClock(() -> Instant.EPOCH.plus(now()))
            .addListener(this::hear)
            .startInvoked();
    this.watched = invoked.supervisor();
    ledger.watch(watched);
  }

  /** The first events come before there is a handle. */
  private TreeSnapshot treeSoFar() {
    return watched == null
        ? new TreeSnapshot(scenario.tree().name(), TreePhase.NEW, "starts", List.of())
        : watched.snapshot();
  }

  private Optional<SimulatedProgram> next(Incarnation run) {
    return Optional.of(
        run.isRun()
            ? attempt(run)
            : run.isFinish() ? finish(run.child()) : signalProgram(run.child()));
  }

  private SimulatedProgram signalProgram(ChildId child) {
    int number = signals.merge(child, 1, Integer::sum);
    return recovered ? Script.FINISHES : scenario.scriptOf(child).signal(number);
  }

  private SimulatedProgram finish(ChildId child) {
    int number = finishes.merge(child, 1, Integer::sum);
    return recovered ? Script.FINISHES : scenario.scriptOf(child).finish(number);
  }

  private SimulatedProgram attempt(Incarnation run) {
    int attempt = attempts.merge(run.child(), 1, Integer::sum);
    SimulatedProgram program =
        recovered ? Script.WELL : scenario.scriptOf(run.child()).attempt(attempt);
    WorkerSpec spec = ledger.open().get(run);
    boolean completes = spec != null && spec.readiness().kind() == ReadinessSpec.Kind.COMPLETED;
    return completes && program.equals(Script.WELL)
        ? SimulatedProgram.runs().exits(0, Duration.ZERO)
        : program;
  }

  private Duration now() {
    return Duration.ofNanos(simulated.ticker().readNanos() - ORIGIN_NANOS);
  }

  private void hear(PublishedEvent published) {
    lines.add(new TraceLine.Told(now(), published.event()));
    if (heard != null) {
      return;
    }
    try {
      invariants.hear(now(), published.event(), this::treeSoFar);
    } catch (BrokenInvariant found) {
      // What a listener throws goes nowhere: it is thrown again after the cycle.
      heard = found;
    }
  }

  Trace toEnd() {
    Optional<String> broken = Optional.empty();
    try {
      settle();
      for (Scenario.Step step : scenario.steps()) {
        driveUntil(step.at());
        step.together().forEach(this::happen);
        settle();
      }
      driveUntil(scenario.length());
      invariants.atEnd(now(), tree(), invoked.isOver(), pending);
    } catch (BrokenInvariant found) {
      broken = Optional.of(String.valueOf(found.getMessage()));
    } catch (IllegalStateException contract) {
      broken = Optional.of(String.valueOf(contract.getMessage()));
    }
    return new Trace(lines, tree(), report(), broken, cycles);
  }

  private TreeSnapshot tree() {
    return invoked.supervisor().snapshot();
  }

  private Optional<StopReport> report() {
    return Optional.ofNullable(invoked.supervisor().stopped().toCompletableFuture().getNow(null));
  }

  // Time.

  private void driveUntil(Duration time) {
    int atOneInstant = 0;
    for (Duration now = now(); now.compareTo(time) < 0 && !invoked.isOver(); now = now()) {
      cycle(time.minus(now));
      atOneInstant = now().equals(now) ? atOneInstant + 1 : 0;
      requireProgress(atOneInstant);
    }
    if (now().compareTo(time) < 0) {
      simulated.stall(time.minus(now()));
    }
    settle();
  }

  /** Everything that follows at this very instant follows. */
  private void settle() {
    int atOneInstant = 0;
    boolean more = true;
    while (more) {
      more = cycle(Duration.ZERO) > 0 || (simulated.host().isDue() && !invoked.isOver());
      requireProgress(++atOneInstant);
    }
  }

  private int cycle(Duration wait) {
    cycles++;
    int handled = invoked.doWork(wait);
    if (heard != null) {
      throw heard;
    }
    ledger.handedAreKnown();
    invariants.check(now(), tree(), ledger);
    return handled;
  }

  private static void requireProgress(int atOneInstant) {
    BrokenInvariant.unless(
        atOneInstant < CYCLES_AT_ONE_INSTANT_MAX, "it spins: time does not go on");
  }

  // Happenings.

  private void happen(Happening happening) {
    lines.add(new TraceLine.Happened(now(), happening));
    Supervisor tree = invoked.supervisor();
    invariants.happens(happening);
    if (happening instanceof Happening.Exit exit) {
      simulated.host().end(exit.child(), exit.status());
    } else if (happening instanceof Happening.Stall stall) {
      simulated.stall(stall.length());
    } else if (happening instanceof Happening.Ping ping) {
      simulated.host().ping(ping.child());
    } else if (happening instanceof Happening.Recovery) {
      recovered = true;
      simulated.host().recover();
    } else if (happening instanceof Happening.LateReport late) {
      reportLate(late.child());
    } else if (happening instanceof Happening.ExpectSettled) {
      settle();
      Settled.require(invoked.supervisor());
    } else if (happening instanceof Happening.Stop stop) {
      answer(stop, tree.stop("asked for"));
    } else {
      new OperationCalls(tree).call(happening).ifPresent(stage -> answer(happening, stage));
    }
  }

  private void answer(Happening operation, CompletionStage<?> stage) {
    pending++;
    CompletionStage<?> unused =
        stage.whenComplete(
            (value, thrown) -> {
              pending--;
              if (thrown == null && operation instanceof Happening.StaleRestart) {
                remember(operation.describe() + " was decided on an old view, but is done");
              }
              lines.add(new TraceLine.Answered(now(), operation, refusal(thrown)));
            });
  }

  /** What a callback throws goes nowhere: it is thrown after the cycle. */
  private void remember(String breach) {
    heard = heard == null ? new BrokenInvariant(breach) : heard;
  }

  private Optional<Refusal> refusal(@Nullable Throwable thrown) {
    if (thrown == null) {
      return Optional.empty();
    }
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof OperationRefusedException refused) {
      return Optional.of(refused.refusal());
    }
    remember("an operation ended with something else than a refusal: " + cause);
    return Optional.empty();
  }

  private void reportLate(ChildId child) {
    settle();
    ledger
        .lastOver(child)
        .ifPresent(
            run -> {
              TreeSnapshot before = tree();
              simulated.host().report(new PlatformReport.Exited(run, new ExitStatus.Exited(1)));
              simulated.host().report(new PlatformReport.Notified(run));
              int unused = cycle(Duration.ZERO);
              BrokenInvariant.unless(
                  tree().equals(before), "a late report of " + run + " changed something");
            });
  }
}
