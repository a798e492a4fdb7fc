package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** The scenarios by chance again, in which processes feed those that they depend on. */
class FedSeedsTest {
  private static final int SEEDS = 500;

  /** The addresses of those that are fed in the current scenario. */
  private final Set<ChildId> consumers = new HashSet<>();

  @Test
  void seedsWithFedChildren_keepWhatMustAlwaysHold() {
    List<String> broken = new ArrayList<>();
    int ended = 0;
    int passedOver = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Scenario scenario = fed(ScenarioGenerator.scenario(seed));
      Trace trace = Simulation.run(scenario);
      long number = seed;
      trace.broken().ifPresent(what -> broken.add("seed " + number + ": " + what));
      for (TraceLine line : trace.lines()) {
        if (line instanceof TraceLine.Told told) {
          ended += told.event() instanceof SupervisorEvent.InputEnded ? 1 : 0;
          passedOver += isFirstSignalToConsumer(told.event()) ? 1 : 0;
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(ended).isGreaterThan(100);
    assertThat(passedOver).isPositive();
  }

  private boolean isFirstSignalToConsumer(SupervisorEvent event) {
    return event instanceof SupervisorEvent.SignalSent sent
        && consumers.contains(sent.child())
        && sent.signal().equals(Signal.TERM)
        && !sent.reason().equals("grace is over");
  }

  private Scenario fed(Scenario before) {
    consumers.clear();
    SupervisorSpec tree = fed(before.tree(), ChildId.ROOT);
    List<Scenario.Step> steps = new ArrayList<>();
    for (Scenario.Step step : before.steps()) {
      steps.add(new Scenario.Step(step.at(), step.together().stream().map(this::fed).toList()));
    }
    return new Scenario(
        tree, before.limits(), before.scripts(), steps, before.length(), before.seed());
  }

  private Happening fed(Happening happening) {
    if (!(happening instanceof Happening.Define define)) {
      return happening;
    }
    ChildSpec spec = define.spec();
    if (spec instanceof SupervisorSpec lead) {
      return new Happening.Define(fed(lead, lead.id()));
    }
    return consumers.contains(spec.id()) && spec instanceof ProcessSpec process
        ? new Happening.Define(reading(process))
        : happening;
  }

  private SupervisorSpec fed(SupervisorSpec lead, ChildId at) {
    Map<String, ChildSpec> children = new TreeMap<>();
    lead.children().forEach(child -> children.put(child.id().name(), child));
    for (ChildSpec child : lead.children()) {
      String name = child.id().name();
      if (child instanceof SupervisorSpec below) {
        children.put(name, fed(below, at.child(name)));
      } else if (child instanceof ProcessSpec) {
        feedTheFirst(name, children, at);
      }
    }
    List<ChildSpec> order =
        lead.children().stream().map(child -> children.get(child.id().name())).toList();
    return new SupervisorSpec(
        lead.id(),
        lead.strategy(),
        lead.limit(),
        lead.autoShutdown(),
        lead.startFailure(),
        lead.stop(),
        lead.child(),
        order,
        lead.template());
  }

  private void feedTheFirst(String name, Map<String, ChildSpec> children, ChildId at) {
    ProcessSpec producer = (ProcessSpec) children.get(name);
    for (Dependency dependency : producer.dependencies()) {
      if (children.get(dependency.on()) instanceof ProcessSpec consumer) {
        children.put(
            name, producer.toBuilder().withOutput(OutputSpec.toChild(dependency.on())).build());
        if (consumer.input().kind() == InputSpec.Kind.NONE) {
          children.put(dependency.on(), reading(consumer));
        }
        consumers.add(at.child(dependency.on()));
        return;
      }
    }
  }

  private static ProcessSpec reading(ProcessSpec spec) {
    List<StopStep> ladder = new ArrayList<>();
    ladder.add(StopStep.endOfInput(Duration.ofMillis(700)));
    ladder.addAll(spec.stop().ladder());
    return spec.toBuilder()
        .withInput(InputSpec.fed())
        .withStop(new StopSpec(ladder, spec.stop().killWait()))
        .build();
  }
}
