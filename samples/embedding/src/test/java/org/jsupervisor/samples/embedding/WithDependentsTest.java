package org.jsupervisor.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.strategy.RestartRequest;
import org.junit.jupiter.api.Test;

/** The strategy of the guide, in virtual time. */
class WithDependentsTest {
  /** What the guide's shop is made of: web needs api, api and report need the database. */
  private static final List<ProcessSpec> SHOP =
      List.of(
          child("database").build(),
          child("mail").build(),
          child("api").addDependency("database").build(),
          child("web").addDependency("api").build(),
          child("report").addDependency("database").addDependency("mail").build());

  private final SimulatedPlatform platform = new SimulatedPlatform(0);

  private static ProcessSpec.Builder child(String id) {
    return ProcessSpec.builder(id, "runs").withRestart(RestartPolicy.permanent());
  }

  /** How often each was launched when this one was killed, and all has settled again. */
  private List<String> launchesAfterTheDeathOf(String killed) {
    platform.register("runs", SimulatedProgram.runs());
    try (InvokedSupervisor tree =
        SupervisorBuilder.of(Guide.withDependents(SHOP), platform).startInvoked()) {
      work(tree);
      var unused = tree.supervisor().signal(ChildId.of(killed), Signal.KILL);
      work(tree);
      assertThat(tree.supervisor().snapshot().isReady()).isTrue();
      return tree.supervisor().snapshot().children().stream()
          .map(each -> each.id() + " " + each.counters().launches())
          .toList();
    }
  }

  private void work(InvokedSupervisor tree) {
    long end = platform.ticker().readNanos() + Duration.ofMinutes(1).toNanos();
    while (platform.ticker().readNanos() < end) {
      int unused = tree.doWork(Duration.ofSeconds(1));
    }
  }

  @Test
  void database_dies_allThatNeedIt_alsoThroughOthers_areRestarted() {
    assertThat(launchesAfterTheDeathOf("database"))
        .containsExactly("database 2", "mail 1", "api 2", "web 2", "report 2");
  }

  @Test
  void api_dies_onlyWebIsRestartedWithIt() {
    assertThat(launchesAfterTheDeathOf("api"))
        .containsExactly("database 1", "mail 1", "api 2", "web 2", "report 1");
  }

  @Test
  void childThatNobodyNeeds_isRestartedAlone() {
    assertThat(launchesAfterTheDeathOf("web"))
        .containsExactly("database 1", "mail 1", "api 1", "web 2", "report 1");
  }

  @Test
  void childThatTheStrategyDoesNotKnow_isRestartedAlone() {
    List<ChildId> siblings = Stream.of("database", "new", "api").map(ChildId::of).toList();
    RestartRequest request = new RestartRequest(ChildId.of("new"), siblings);
    assertThat(WithDependents.of(SHOP).scope(request).children())
        .containsExactly(ChildId.of("new"));
  }
}
