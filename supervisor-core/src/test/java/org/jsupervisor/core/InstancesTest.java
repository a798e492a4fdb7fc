package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ChildTemplate;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** Starting instances of a template by the handle, in virtual time. */
class InstancesTest {
  private static final ChildId POOL = ChildId.of("pool");
  private static final ChildId A = ChildId.of("pool/a");
  private static final Duration SECONDS = Duration.ofSeconds(2);

  private static ChildTemplate template() {
    return ChildTemplate.of(SimulatedTree.child("worker").build());
  }

  private static SimulatedTree tree(ChildTemplate template) {
    SimulatedTree tree = new SimulatedTree().program("worker", SimulatedProgram.runs());
    tree.supervisor.addChild(SupervisorSpec.builder("pool").withTemplate(template).build());
    return tree.program("x", SimulatedProgram.runs()).start(SimulatedTree.child("x"));
  }

  private static CompletionStage<ChildSnapshot> start(
      SimulatedTree tree, String name, String... arguments) {
    return tree.handle().startInstance(POOL, name, List.of(arguments));
  }

  private static Refusal refused(SimulatedTree tree, CompletionStage<?> stage) {
    return tree.refusal(tree.settled(stage));
  }

  @Test
  void startInstance_isDoneWhenItIsReady() {
    SimulatedTree tree = tree(template());
    CompletionStage<ChildSnapshot> started = start(tree, "a", "1");
    tree.run(Duration.ofMillis(500));
    assertThat(tree.isPending(started)).isTrue();
    tree.run(SECONDS);
    assertThat(tree.value(started).id()).isEqualTo(A);
    assertThat(tree.value(started).ready()).isTrue();
    assertThat(tree.launches()).anyMatch(line -> line.startsWith("pool/a#1"));
  }

  @Test
  void startInstance_underTheRoot_works() {
    SimulatedTree tree = new SimulatedTree().program("worker", SimulatedProgram.runs());
    tree.supervisor.withTemplate(template());
    tree.start();
    CompletionStage<ChildSnapshot> started =
        tree.handle().startInstance(ChildId.ROOT, "a", List.of());
    tree.run(SECONDS);
    assertThat(tree.value(started).id()).isEqualTo(ChildId.of("a"));
    assertThat(tree.handle().hasTemplate(ChildId.ROOT)).isTrue();
  }

  @Test
  void startInstance_ofOneThatIsThere_isRefused_whateverItsPhase() {
    SimulatedTree tree = tree(template());
    CompletionStage<ChildSnapshot> first = start(tree, "a");
    CompletionStage<ChildSnapshot> atOnce = start(tree, "a");
    tree.run(SECONDS);
    assertThat(tree.value(first).ready()).isTrue();
    assertThat(tree.refusal(atOnce)).isEqualTo(Refusal.ALREADY_THERE);
    tree.value(tree.settled(tree.handle().down(A)));
    assertThat(refused(tree, start(tree, "a"))).isEqualTo(Refusal.ALREADY_THERE);
    assertThat(tree.child(A).phase()).isEqualTo(Phase.DOWN);
    tree.value(tree.settled(tree.handle().remove(A)));
    CompletionStage<ChildSnapshot> again = start(tree, "a");
    tree.run(SECONDS);
    assertThat(tree.value(again).ready()).isTrue();
  }

  @Test
  void startInstance_whileTheOldOneEnds_isRefused_andTheOldOneGoes() {
    SimulatedTree tree =
        tree(template()).program("worker", SimulatedProgram.runs().ignoring(Signal.TERM));
    CompletionStage<ChildSnapshot> unused = start(tree, "a");
    tree.run(SECONDS);
    CompletionStage<ChildSnapshot> removed = tree.handle().remove(A);
    assertThat(refused(tree, start(tree, "a"))).isEqualTo(Refusal.ALREADY_THERE);
    tree.run(Duration.ofSeconds(20));
    assertThat(tree.value(removed).id()).isEqualTo(A);
    assertThat(tree.handle().child(A)).isEmpty();
  }

  @Test
  void startInstance_withoutTemplate_orSupervisor_isRefused() {
    SimulatedTree tree = tree(template());
    assertThat(refused(tree, tree.handle().startInstance(ChildId.ROOT, "a", List.of())))
        .isEqualTo(Refusal.NO_TEMPLATE);
    assertThat(refused(tree, tree.handle().startInstance(ChildId.of("x"), "a", List.of())))
        .isEqualTo(Refusal.NO_TEMPLATE);
    assertThat(refused(tree, tree.handle().startInstance(ChildId.of("nobody"), "a", List.of())))
        .isEqualTo(Refusal.UNKNOWN_CHILD);
    assertThat(tree.handle().hasTemplate(POOL)).isTrue();
    assertThat(tree.handle().hasTemplate(ChildId.ROOT)).isFalse();
    assertThat(tree.handle().hasTemplate(ChildId.of("x"))).isFalse();
    assertThat(tree.handle().hasTemplate(ChildId.of("nobody"))).isFalse();
  }

  @Test
  void startInstance_underASupervisorThatIsDown_isRefused() {
    SimulatedTree tree = tree(template());
    tree.value(tree.settled(tree.handle().down(POOL)));
    assertThat(refused(tree, start(tree, "a"))).isEqualTo(Refusal.SUPERVISOR_DOWN);
  }

  @Test
  void templateThatThrows_orAnswersNonsense_isARefusal_andHurtsNobody() {
    AtomicReference<ChildTemplate> answer = new AtomicReference<>();
    SimulatedTree tree = tree((name, arguments) -> answer.get().instance(name, arguments));
    List<ChildTemplate> wrong = new ArrayList<>();
    wrong.add(
        (name, arguments) -> {
          throw new StackOverflowError("a test");
        });
    wrong.add((name, arguments) -> ProcessSpec.builder("not a name", "worker").build());
    wrong.add((name, arguments) -> nothing());
    wrong.add((name, arguments) -> SimulatedTree.child(name).withInitially(Desire.DOWN).build());
    for (ChildTemplate each : wrong) {
      answer.set(each);
      assertThat(refused(tree, start(tree, "a"))).isEqualTo(Refusal.INVALID_SPEC);
    }
    answer.set(template());
    CompletionStage<ChildSnapshot> good = start(tree, "a");
    tree.run(SECONDS);
    assertThat(tree.value(good).ready()).isTrue();
    assertThat(tree.child(ChildId.of("x")).counters().launches()).isEqualTo(1);
  }

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static ChildSpec nothing() {
    return null;
  }

  @Test
  void refusalOfATemplateThatThrows_hasItsCause() {
    IllegalStateException thrown = new IllegalStateException("no tenant");
    SimulatedTree tree =
        tree(
            (name, arguments) -> {
              throw thrown;
            });
    assertThatThrownBy(() -> start(tree, "a").toCompletableFuture().join())
        .hasMessageContaining("'pool/a'")
        .hasMessageContaining("no tenant")
        .hasRootCause(thrown);
  }

  @Test
  void define_belowATemplate_isRefused_newOrKnown() {
    SimulatedTree tree = tree(template());
    CompletionStage<ChildSnapshot> unused = start(tree, "a");
    tree.run(SECONDS);
    for (String path : List.of("pool/a", "pool/other")) {
      ChildSpec spec = SimulatedTree.child("worker").build().at(ChildId.of(path));
      assertThat(refused(tree, tree.handle().define(spec))).isEqualTo(Refusal.INVALID_SPEC);
    }
    assertThat(tree.child(A).phase()).isEqualTo(Phase.RUNNING);
    assertThat(tree.handle().child(ChildId.of("pool/other"))).isEmpty();
  }

  @Test
  void templateThatIsReplacedInBetween_makesTheStartStale() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    SimulatedTree tree =
        tree(
            (name, arguments) -> {
              meanwhile.get().run();
              return template().instance(name, arguments);
            });
    SupervisorSpec other = SupervisorSpec.builder("pool").withTemplate(template()).build();
    meanwhile.set(
        () -> {
          CompletionStage<ChildSnapshot> unused = tree.handle().define(other);
        });
    CompletionStage<ChildSnapshot> late = start(tree, "a");
    tree.run(SECONDS);
    assertThat(tree.refusal(late)).isIn(Refusal.STALE, Refusal.SUPERVISOR_DOWN);
    assertThat(tree.handle().child(A)).isEmpty();
    CompletionStage<ChildSnapshot> inTime = start(tree, "a");
    tree.run(SECONDS);
    assertThat(tree.value(inTime).ready()).isTrue();
  }

  @Test
  void equalTemplate_keepsTheInstances() {
    SimulatedTree tree = tree(template());
    CompletionStage<ChildSnapshot> unused = start(tree, "a");
    tree.run(SECONDS);
    SupervisorSpec same = SupervisorSpec.builder("pool").withTemplate(template()).build();
    tree.value(tree.settled(tree.handle().define(same)));
    assertThat(tree.child(A).counters().launches()).isEqualTo(1);
  }

  @Test
  void oneRun_isDoneWhenItHasEnded() {
    SimulatedTree tree =
        tree((name, arguments) -> SimulatedTree.child("worker").withInitially(Desire.ONCE).build())
            .program("worker", SimulatedProgram.runs().exits(3, Duration.ofMillis(100)));
    assertThat(tree.value(tree.settled(start(tree, "a"))).phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void temporaryThatEndsBeforeItIsReady_isRefusedAsRemoved() {
    SimulatedTree tree =
        tree(ChildTemplate.of(
                SimulatedTree.child("worker").withRestart(RestartPolicy.temporary()).build()))
            .program("worker", SimulatedProgram.runs().exits(0, Duration.ofMillis(100)));
    assertThat(refused(tree, start(tree, "a"))).isEqualTo(Refusal.REMOVED);
  }

  @Test
  void misuse_isThrownAtTheCaller() {
    SimulatedTree tree = tree(template());
    assertThatThrownBy(() -> start(tree, "a/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a/b");
    Request expecting = Request.of("test", "test").expecting(1);
    assertThatThrownBy(() -> tree.handle().startInstance(POOL, "a", List.of(), expecting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generation");
  }

  @Test
  void supervisorWhoseChildrenWouldBeTooDeep_isRefused_andTheEngineLives() {
    SimulatedTree tree =
        tree(
            (name, arguments) -> {
              SupervisorSpec deep =
                  SupervisorSpec.builder("s").addChild(SimulatedTree.child("w").build()).build();
              for (int depth = 0; depth < ChildId.DEPTH_MAX; depth++) {
                deep = SupervisorSpec.builder("s").addChild(deep).build();
              }
              return deep;
            });
    assertThat(refused(tree, start(tree, "a"))).isEqualTo(Refusal.INVALID_SPEC);
    assertThat(tree.invoked.isOver()).isFalse();
  }
}
