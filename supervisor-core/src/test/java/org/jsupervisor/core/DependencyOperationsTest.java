package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.Refusal;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.Test;

/** Dependencies through the handle: what is refused, with the path, and what is waited for. */
class DependencyOperationsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ChildId WEB = ChildId.of("web");
  private static final ChildId DB = ChildId.of("db");

  private static SimulatedTree dbAndWeb() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("db", SimulatedProgram.runs())
            .program("web", SimulatedProgram.runs())
            .start(
                SimulatedTree.child("web").addDependency("db", WhenLost.IS_RESTARTED),
                SimulatedTree.child("db"));
    tree.run(Duration.ofSeconds(3));
    return tree;
  }

  private static String message(SimulatedTree tree, java.util.concurrent.CompletionStage<?> stage) {
    try {
      return String.valueOf(tree.value(stage));
    } catch (RuntimeException refused) {
      return String.valueOf(refused.getCause());
    }
  }

  @Test
  void bug20_circle_isRefusedWithItsPath_andNothingIsTouched() {
    SimulatedTree tree = dbAndWeb();
    var stage = tree.handle().define(SimulatedTree.child("db").addDependency("web").build());
    tree.run(SECOND);
    assertThat(tree.refusal(stage)).isEqualTo(Refusal.INVALID_SPEC);
    assertThat(message(tree, stage)).contains("db -> web -> db");
    assertThat(tree.child(DB).counters().launches()).isEqualTo(1);
  }

  @Test
  void bug20_childItself_andAMissingOne_areRefused() {
    SimulatedTree tree = dbAndWeb();
    var itself = tree.handle().define(SimulatedTree.child("db").addDependency("db").build());
    var missing = tree.handle().define(SimulatedTree.child("new").addDependency("gone").build());
    tree.run(SECOND);
    assertThat(tree.refusal(itself)).isEqualTo(Refusal.INVALID_SPEC);
    assertThat(message(tree, itself)).contains("must not depend on itself");
    assertThat(tree.refusal(missing)).isEqualTo(Refusal.INVALID_SPEC);
    assertThat(message(tree, missing)).contains("gone");
    assertThat(tree.handle().child(ChildId.of("new"))).isEmpty();
  }

  @Test
  void bug20_removalOfAChildThatOthersNeed_isRefused_namingThem() {
    SimulatedTree tree = dbAndWeb();
    var early = tree.handle().remove(DB);
    tree.run(SECOND);
    assertThat(tree.refusal(early)).isEqualTo(Refusal.NEEDED);
    assertThat(message(tree, early)).contains("[web]");
    assertThat(tree.child(DB).phase()).isEqualTo(Phase.RUNNING);
    var web = tree.handle().remove(WEB);
    tree.run(SECOND);
    var db = tree.handle().remove(DB);
    tree.run(SECOND);
    assertThat(tree.value(web).id()).isEqualTo(WEB);
    assertThat(tree.value(db).id()).isEqualTo(DB);
  }

  @Test
  void upOfADependent_isDone_whenItsDependencyIsUpAgain() {
    SimulatedTree tree = dbAndWeb();
    var down = tree.handle().down(DB);
    tree.run(SECOND);
    assertThat(tree.value(down).phase()).isEqualTo(Phase.DOWN);
    var web = tree.handle().up(WEB);
    tree.run(SECOND);
    assertThat(tree.isPending(web)).isTrue();
    var db = tree.handle().up(DB);
    tree.run(Duration.ofSeconds(3));
    assertThat(tree.value(db).ready()).isTrue();
    assertThat(tree.value(web).ready()).isTrue();
  }

  @Test
  void upThatWaitsForADependency_whenTheTreeStops_isRefusedForThat() {
    SimulatedTree tree = dbAndWeb();
    var down = tree.handle().down(DB);
    tree.run(SECOND);
    var up = tree.handle().up(WEB);
    tree.run(SECOND);
    assertThat(tree.isPending(up)).isTrue();
    tree.handle().stop("test");
    tree.run(SECOND);
    assertThat(tree.refusal(up)).isEqualTo(Refusal.TREE_STOPPED);
    assertThat(tree.value(down).phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void ready_waitsForOneshots_andForThoseThatWaitForThem() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("db", SimulatedProgram.runs().exits(0, Duration.ofSeconds(5)))
            .program("web", SimulatedProgram.runs())
            .start(
                SimulatedTree.child("db")
                    .withRestart(RestartPolicy.transientPolicy())
                    .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1))),
                SimulatedTree.child("web").addDependency("db"));
    var ready = tree.handle().ready();
    tree.run(Duration.ofSeconds(4));
    assertThat(tree.isPending(ready)).isTrue();
    assertThat(tree.child(WEB).phase()).isEqualTo(Phase.WAITING);
    tree.run(Duration.ofSeconds(3));
    assertThat(tree.value(ready).children()).hasSize(2);
    assertThat(tree.child(DB).phase()).isEqualTo(Phase.FINISHED);
  }
}
