package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.Watchdog;

/** Whatever happens to children with a watchdog, what must always hold does. */
class WatchdogProperties {
  private static final List<ChildId> IDS = List.of(ChildId.of("a"), ChildId.of("b"));

  record Timed(Duration at, Happening happening) {}

  private static ProcessSpec child(ChildId id) {
    return ProcessSpec.builder(id.path(), "p")
        .withReadiness(new ReadinessSpec.NotifiedBySocket(Duration.ofMillis(700)))
        .withRestart(RestartPolicy.otp(RestartType.PERMANENT))
        .withStop(StopSpec.of(Signal.TERM, Duration.ofMillis(300)))
        .withWatchdog(Watchdog.every(Duration.ofMillis(500)))
        .build();
  }

  @Property(seed = "20261121", tries = 300)
  void anyScenario_keepsWhatMustAlwaysHold(
      @ForAll("happenings") List<Timed> happenings,
      @ForAll @IntRange(min = 1, max = 900) int readyMillis,
      @ForAll @IntRange(min = 100, max = 700) int pingMillis,
      @ForAll @IntRange(max = 20) int pings) {
    SupervisorSpec.Builder tree = SupervisorSpec.builder("t");
    IDS.forEach(id -> tree.addChild(child(id)));
    SimulatedProgram program =
        SimulatedProgram.runs()
            .notifies(Duration.ofMillis(readyMillis))
            .pings(Duration.ofMillis(pingMillis), pings)
            .asksForTime(Duration.ofMillis(900), Duration.ofMillis(readyMillis));
    Scenario scenario = Scenario.of(tree.build());
    for (Timed each : happenings) {
      scenario = scenario.at(each.at(), each.happening());
    }
    Trace trace =
        Simulation.run(
            scenario
                .script("a", Script.always(program))
                .script("b", Script.always(program.ignoring(new Signal("ABRT"))))
                .until(Duration.ofSeconds(10)));
    assertThat(trace.broken()).as("%s", trace.text()).isEmpty();
  }

  @Provide
  Arbitrary<List<Timed>> happenings() {
    Arbitrary<ChildId> ids = Arbitraries.of(IDS);
    Arbitrary<Happening> happening =
        Arbitraries.oneOf(
            ids.map(Happening.Ping::new),
            ids.map(Happening.Pause::new),
            ids.map(Happening.Resume::new),
            ids.map(Happening.Restart::new),
            ids.map(Happening.Down::new),
            ids.map(Happening.Up::new),
            ids.map(Happening.LateReport::new),
            Arbitraries.integers()
                .between(1, 2000)
                .map(millis -> new Happening.Stall(Duration.ofMillis(millis))));
    return Combinators.combine(Arbitraries.integers().between(0, 9000), happening)
        .as((millis, what) -> new Timed(Duration.ofMillis(millis), what))
        .list()
        .ofMaxSize(15)
        .map(list -> list.stream().sorted((one, other) -> one.at().compareTo(other.at())).toList());
  }
}
