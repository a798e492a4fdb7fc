package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Why a child is not up, down to the one that it is because of. */
class CausesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Ready when it has lived for a second; its next start waits for two. */
  private static ProcessSpec.Builder slow(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(SECOND.multipliedBy(2))))
        .withReadiness(ReadinessSpec.aliveFor(SECOND));
  }

  private static ProcessSpec needs(String id, String dependency) {
    return Driver.worker(id, RestartPolicy.permanent()).addDependency(dependency).build();
  }

  private static SupervisorSpec below(String name, ProcessSpec... children) {
    return Driver.supervisor(name, RestartStrategy.oneForOne(), children).build();
  }

  private static List<Link> links(Driver d, ChildId id) {
    return Causes.of(d.model, d.model.child(id).orElseThrow());
  }

  private static List<String> why(Driver d, String id) {
    return links(d, ChildId.of(id)).stream().map(each -> each.child() + " " + each.fact()).toList();
  }

  private static List<String> whom(Driver d, ChildId id) {
    return links(d, id).stream().map(each -> each.child().toString()).toList();
  }

  private static List<String> whom(Driver d, String id) {
    return whom(d, ChildId.of(id));
  }

  // At the gate.

  @Test
  void waitsForADependency_isBecauseOfThat_andNothingHelpsItself() {
    Driver d = Driver.started(Driver.oneForOne(slow("db").build(), needs("web", "db")));
    assertThat(why(d, "web"))
        .containsExactly("web is WAITING: waits for db", "db is RUNNING, not ready yet");
    assertThat(links(d, ChildId.of("web")).get(0).remedy()).isEqualTo(Remedy.NOTHING);
    d.exits("db", 1);
    assertThat(whom(d, "web")).containsExactly("web", "db");
  }

  @Test
  void chainOfDependencies_isFollowedToItsEnd() {
    Driver d =
        Driver.started(
            Driver.oneForOne(
                slow("a").build(), needs("b", "a"), needs("c", "b"), slow("d").build()));
    assertThat(whom(d, "c")).containsExactly("c", "b", "a");
  }

  @Test
  void waitsForADependencyThatIsGone_saysSo_sinceItWaits() {
    Driver d = Driver.started(Driver.oneForOne(slow("db").build(), needs("web", "db")));
    long began = d.nowNanos;
    d.pass(Duration.ofMillis(100)).remove("db");
    assertThat(why(d, "web"))
        .containsExactly("web is WAITING: waits for db", "db is not part of the tree");
    assertThat(links(d, ChildId.of("web")).get(1).sinceNanos()).isEqualTo(began);
    assertThat(links(d, ChildId.of("web")).get(1).remedy()).isEqualTo(Remedy.NOTHING);
  }

  @Test
  void waitsForASupervisor_isBecauseOfTheChildBelowThatIsNotReady() {
    Driver d =
        Driver.started(
            Driver.oneForOne(
                below("db", Driver.permanent("x"), slow("a").build()), needs("web", "db")));
    assertThat(whom(d, "web")).containsExactly("web", "db/a");
    d.down("db");
    assertThat(whom(d, "web")).containsExactly("web", "db");
  }

  @Test
  void waitsForAPlace_isBecauseOfTheFirstThatTakesOne() {
    Driver d =
        Driver.of(
                Driver.oneForOne(slow("a").build(), slow("b").build(), slow("c").build()),
                TreeLimits.defaults().withStartingMax(1))
            .step(new Input.StartTree());
    assertThat(whom(d, "c")).containsExactly("c", "a");
    assertThat(whom(d.pass(SECOND), "c")).containsExactly("c", "b");
  }

  // What several do, one after the other.

  @Test
  void supervisorThatIsComing_andWhoeverWaitsForItsTurn_areBecauseOfWhoseTurnItIs() {
    Driver d =
        Driver.of(
                Driver.oneForOne(
                    below("s", Driver.permanent("a"), Driver.permanent("b")),
                    Driver.permanent("x")))
            .slowToLaunch("s/a")
            .step(new Input.StartTree());
    assertThat(whom(d, "s/b")).containsExactly("s/b", "s/a");
    assertThat(whom(d, "s")).containsExactly("s", "s/a");
    assertThat(whom(d, "x")).containsExactly("x", "s", "s/a");
    assertThat(whom(d, ChildId.ROOT)).containsExactly(ChildId.ROOT.toString(), "s", "s/a");
  }

  @Test
  void supervisorThatIsStopping_isBecauseOfTheOneThatDoesNotEnd() {
    Driver d =
        Driver.started(Driver.oneForOne(below("s", Driver.permanent("a"), Driver.permanent("b"))))
            .deaf("s/a")
            .down("s");
    assertThat(whom(d, "s")).containsExactly("s", "s/a");
    assertThat(whom(d, "s/a")).containsExactly("s/a", "s");
    assertThat(whom(d, "s/b")).containsExactly("s/b", "s", "s/a");
    assertThat(links(d, ChildId.of("s/b")).get(0).remedy())
        .as("its supervisor is not up")
        .isEqualTo(Remedy.NOTHING);
  }

  @Test
  void supervisorThatIsStoppingAsItGivesUp_isBecauseOfTheEndThatDidIt() {
    SupervisorSpec limited =
        Driver.supervisor(
                "s", RestartStrategy.oneForOne(), Driver.permanent("a"), Driver.permanent("b"))
            .withLimit(RestartIntensity.of(0, SECOND))
            .build();
    Driver d = Driver.started(Driver.oneForOne(limited)).deaf("s/a").exits("s/b", 1);
    assertThat(whom(d, "s")).containsExactly("s", "s/b");
    assertThat(whom(d, "s/a")).containsExactly("s/a", "s", "s/b");
  }

  @Test
  void groupThatIsStopped_isBecauseOfTheOneThatFailed_whichWaitsForWhoDoesNotEnd() {
    Driver d =
        Driver.started(
                Driver.oneForAll(Driver.permanent("a"), Driver.permanent("b"), slow("c").build()))
            .deaf("b")
            .exits("c", 1);
    assertThat(whom(d, "b")).containsExactly("b", "c");
    assertThat(whom(d, "c")).containsExactly("c", "b");
  }

  @Test
  void groupThatWaits_isBecauseOfTheOneThatFailed_whoseBackoffItIs() {
    Driver d = Driver.started(Driver.oneForAll(slow("a").build(), slow("b").build()));
    d.pass(SECOND);
    long failed = d.nowNanos;
    d.exits("a", 3);
    assertThat(why(d, "b"))
        .containsExactly(
            "b is WAITING: its group is restarted",
            "a is WAITING with its group, restart 1 in a row: exit code 3 after 1.0 s");
    long due = failed + SECOND.multipliedBy(2).toNanos();
    assertThat(links(d, ChildId.of("b")))
        .extracting(Link::dueNanos)
        .containsExactly(OptionalLong.of(due), OptionalLong.of(due));
    assertThat(links(d, ChildId.of("b")))
        .extracting(Link::remedy)
        .containsExactly(Remedy.NOTHING, Remedy.UP);
  }

  @Test
  void killedWithItsSupervisor_isBecauseOfThat_andForItself_ofNobody() {
    Driver d =
        Driver.started(Driver.oneForOne(below("s", Driver.permanent("a")), Driver.permanent("b")))
            .immortal("s/a")
            .immortal("b")
            .down("b")
            .down("s");
    d.pass(Driver.GRACE);
    assertThat(whom(d, "b")).containsExactly("b");
    assertThat(whom(d, "s/a")).containsExactly("s/a", "s");
  }

  @Test
  void treeThatIsStopping_isSinceItsEndBegan_becauseOfNobody_andNothingHelps() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")));
    d.deaf("a").pass(SECOND);
    long began = d.nowNanos;
    d.stopTree().pass(SECOND);
    List<Link> links = links(d, ChildId.of("b"));
    assertThat(links).extracting(Link::child).containsExactly(ChildId.of("b"), ChildId.ROOT);
    assertThat(links).extracting(Link::remedy).containsOnly(Remedy.NOTHING);
    assertThat(links.get(1).fact()).isEqualTo("is STOPPING: test");
    assertThat(links.get(1).sinceNanos()).isEqualTo(began);
    assertThat(links(d, ChildId.of("a")).get(0).remedy()).isEqualTo(Remedy.NOTHING);
    d.exits("a", 0);
    assertThat(links(d, ChildId.ROOT).get(0).fact()).isEqualTo("is STOPPED: test");
    assertThat(links(d, ChildId.ROOT).get(0).sinceNanos()).isEqualTo(began);
  }

  @Test
  void treeThatRuns_isItsOwnCause_thoughAChildIsStartedAgain() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")));
    d.slowToLaunch("b").restart("b");
    assertThat(d.phase("b")).isEqualTo(Phase.LAUNCHING);
    assertThat(whom(d, ChildId.ROOT)).containsExactly(ChildId.ROOT.toString());
  }

  @Test
  void tree_isSinceItRuns() {
    Driver d = Driver.of(Driver.oneForOne(Driver.permanent("a"))).pass(SECOND);
    d.step(new Input.StartTree());
    long began = d.nowNanos;
    d.pass(SECOND);
    assertThat(links(d, ChildId.ROOT))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.fact()).isEqualTo("is RUNNING: started");
              assertThat(link.sinceNanos()).isEqualTo(began);
            });
  }

  // Bounds.

  /** Supervisors in one another, each of which gives up with the one below. */
  private static SupervisorSpec deep(int levels) {
    SupervisorSpec inner = null;
    for (int i = levels; i > 0; i--) {
      SupervisorSpec.Builder spec =
          SupervisorSpec.builder("s" + i)
              .withLimit(RestartIntensity.of(0, Duration.ofMinutes(1)))
              .withRestart(RestartPolicy.permanent());
      inner = spec.addChild(inner == null ? Driver.permanent("a") : inner).build();
    }
    return Driver.supervisor("t", RestartStrategy.oneForOne(), inner)
        .withLimit(RestartIntensity.of(0, Duration.ofMinutes(1)))
        .build();
  }

  @Test
  void longChain_keepsItsBeginningAndItsRootCause() {
    int levels = Explanation.CHAIN_MAX - 1;
    Driver d = Driver.started(deep(levels));
    ChildModel worker = d.model.inStartOrder().get(levels);
    d.exits(worker.id().path(), 1);
    assertThat(d.isOver()).isTrue();
    List<Link> links = links(d, ChildId.ROOT);
    assertThat(links).hasSize(Explanation.CHAIN_MAX);
    assertThat(links.get(0).child()).isEqualTo(ChildId.ROOT);
    assertThat(links.get(1).child()).isEqualTo(ChildId.of("s1"));
    Link cause = links.get(Explanation.CHAIN_MAX - 1);
    assertThat(cause.child()).isEqualTo(worker.id());
    assertThat(cause.fact()).isEqualTo("ended: exit code 1 after 0.0 s");
  }

  @Test
  void chainOfTheGreatestLength_isWhole() {
    int levels = Explanation.CHAIN_MAX - 2;
    Driver d = Driver.started(deep(levels));
    d.exits(d.model.inStartOrder().get(levels).id().path(), 1);
    List<Link> links = links(d, ChildId.ROOT);
    assertThat(links).hasSize(Explanation.CHAIN_MAX);
    assertThat(links).extracting(Link::child).doesNotHaveDuplicates();
  }
}
