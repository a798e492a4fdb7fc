package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Dependencies that change, that reach below supervisors, and in groups that are not all. */
class DependencyChangeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** It is restarted when what it needs is lost. */
  private static ProcessSpec needs(String id, String dependency) {
    return Driver.worker(id, RestartPolicy.permanent())
        .addDependency(dependency, WhenLost.IS_RESTARTED)
        .build();
  }

  private static ProcessSpec slow(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withReadiness(ReadinessSpec.aliveFor(SECOND))
        .build();
  }

  private static List<ChildId> dependents(Driver d, String id) {
    return d.model.dependents(d.model.child(ChildId.ROOT).orElseThrow(), d.now(id));
  }

  // Another definition.

  @Test
  void newSpecWithAnotherDependency_isStoppedForThat_andForTheOldOneNoMore() {
    Driver d =
        Driver.started(
            Driver.oneForOne(
                Driver.permanent("db"), Driver.permanent("cache"), needs("web", "db")));
    assertThat(dependents(d, "db")).containsExactly(ChildId.of("web"));
    d.define(needs("web", "cache")).trace();
    assertThat(dependents(d, "db")).isEmpty();
    assertThat(dependents(d, "cache")).containsExactly(ChildId.of("web"));
    assertThat(d.exits("db", 1).orders()).isEqualTo("start db");
    assertThat(d.exits("cache", 1).orders()).isEqualTo("stop web, start cache, start web");
  }

  @Test
  void newSpecWithoutTheDependency_leavesThoseOfOthersAsTheyAre() {
    Driver d =
        Driver.started(
            Driver.oneForOne(Driver.permanent("db"), needs("web", "db"), needs("app", "db")));
    d.define(Driver.permanent("web")).trace();
    assertThat(dependents(d, "db")).containsExactly(ChildId.of("app"));
    assertThat(d.exits("db", 1).orders()).isEqualTo("stop app, start db, start app");
  }

  @Test
  void removedDependent_leavesThoseOfOthersAsTheyAre() {
    Driver d =
        Driver.started(
            Driver.oneForOne(Driver.permanent("db"), needs("web", "db"), needs("app", "db")));
    d.remove("web").trace();
    assertThat(dependents(d, "db")).containsExactly(ChildId.of("app"));
    d.remove("app").trace();
    assertThat(dependents(d, "db")).isEmpty();
  }

  @Test
  void newSpecWithOtherThings_keepsItsDependency() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("db"), needs("web", "db")));
    ProcessSpec changed =
        Driver.worker("web", RestartPolicy.permanent())
            .addDependency("db", WhenLost.IS_RESTARTED)
            .addVariable("NEW", "1")
            .build();
    d.define(changed).trace();
    assertThat(dependents(d, "db")).containsExactly(ChildId.of("web"));
    assertThat(d.exits("db", 1).orders()).isEqualTo("stop web, start db, start web");
  }

  // Who waits.

  @Test
  void whoWaits_waitsOnce_inTheOrderInWhichTheyCame_untilItIsStarted() {
    ProcessSpec web =
        Driver.worker("web", RestartPolicy.permanent())
            .addDependency("db")
            .addDependency("app")
            .build();
    ProcessSpec app = Driver.worker("app", RestartPolicy.permanent()).addDependency("db").build();
    ProcessSpec later =
        Driver.worker("later", RestartPolicy.permanent()).addDependency("last").build();
    ProcessSpec last =
        Driver.worker("last", RestartPolicy.permanent())
            .withReadiness(ReadinessSpec.aliveFor(SECOND.multipliedBy(2)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(slow("db"), app, web, later, last));
    assertThat(d.model.crowd().atGate())
        .containsExactly(ChildId.of("app"), ChildId.of("web"), ChildId.of("later"));
    d.pass(SECOND);
    assertThat(d.model.crowd().atGate()).containsExactly(ChildId.of("later"));
    d.pass(SECOND);
    assertThat(d.model.crowd()).isEqualTo(Crowd.NONE);
  }

  @Test
  void whoWaits_andItsReasonChanges_stillWaitsOnce() {
    ProcessSpec web =
        Driver.worker("web", RestartPolicy.permanent())
            .addDependency("db")
            .addDependency("slower")
            .build();
    ProcessSpec slower =
        Driver.worker("slower", RestartPolicy.permanent())
            .withReadiness(ReadinessSpec.aliveFor(SECOND.multipliedBy(2)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(slow("db"), slower, web));
    d.pass(SECOND);
    assertThat(d.now("web").reason()).isEqualTo("waits for slower");
    assertThat(d.model.crowd().atGate()).containsExactly(ChildId.of("web"));
  }

  @Test
  void whoWaits_andIsRemoved_doesNotWaitAnyMore() {
    Driver d = Driver.started(Driver.oneForOne(slow("db"), needs("web", "db")));
    d.remove("web");
    assertThat(d.model.crowd().atGate()).isEmpty();
    assertThat(d.pass(SECOND).model.isReady()).isTrue();
  }

  @Test
  void supervisor_isThereWhenAllBelowItsSupervisorsIsReady() {
    SupervisorSpec inner = Driver.supervisor("i", RestartStrategy.oneForOne(), slow("a")).build();
    SupervisorSpec db = Driver.supervisor("db", RestartStrategy.oneForOne(), inner).build();
    Driver d = Driver.started(Driver.oneForOne(db, needs("web", "db")));
    assertThat(d.phase("web")).isEqualTo(Phase.WAITING);
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
  }

  @Test
  void supervisorThatIsDownBelow_isNotWaitedFor() {
    SupervisorSpec inner = Driver.supervisor("i", RestartStrategy.oneForOne(), slow("a")).build();
    SupervisorSpec db =
        Driver.supervisor("db", RestartStrategy.oneForOne(), inner, Driver.permanent("b")).build();
    Driver d = Driver.started(Driver.oneForOne(db, Driver.permanent("x"), needs("web", "db")));
    d.down("db/i");
    assertThat(d.phase("web")).isEqualTo(Phase.RUNNING);
  }

  // Groups that are not all.

  @Test
  void groupRestart_leavesADependentAlone_thatIsNotOfTheGroup() {
    Driver d =
        Driver.started(
            Driver.restForOne(
                Driver.worker("web", RestartPolicy.permanent()).addDependency("db").build(),
                Driver.permanent("x"),
                Driver.permanent("db")));
    assertThat(d.exits("x", 1).orders()).isEqualTo("stop db, start x, start db");
    assertThat(d.phase("web")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void whoWaitsForItsTurn_getsIt_thoughAnotherGroupIsRestartedMeanwhile() {
    RestartStrategy pairs =
        request ->
            new RestartScope(
                request.failed().equals(ChildId.of("a"))
                    ? List.of(ChildId.of("a"), ChildId.of("c"))
                    : List.of(ChildId.of("b"), ChildId.of("d")));
    SupervisorSpec spec =
        Driver.supervisor(
                "t",
                pairs,
                Driver.permanent("a"),
                Driver.permanent("b"),
                Driver.permanent("c"),
                Driver.permanent("d"))
            .build();
    Driver d = Driver.started(spec).slowToLaunch("a").exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop c, start a");
    assertThat(d.exits("b", 1).orders()).as("a start overtakes none").isEqualTo("stop d");
    assertThat(d.launchComes("a").orders()).isEqualTo("start b, start c, start d");
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void readinessInTheRound_ofASlowMember_isNotWaitedForLongerThanItsBackoff() {
    ProcessSpec late =
        Driver.worker("x", RestartPolicy.permanent())
            .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(SECOND)))
            .build();
    Driver d = Driver.started(Driver.oneForAll(late, slow("y")));
    d.exits("x", 1).trace();
    assertThat(d.pass(SECOND).orders()).isEqualTo("start x, start y");
  }
}
