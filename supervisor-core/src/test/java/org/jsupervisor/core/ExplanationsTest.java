package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.SimulatedTree.child;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.Request;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Why a child is not up, down to the root cause, and what can be done. */
class ExplanationsTest {
  private static final ChildId DB = ChildId.of("db");
  private static final ChildId WEB = ChildId.of("web");
  private static final ChildId CACHE = ChildId.of("backend/cache");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final StandardRestartPolicy EVERY_TWO_SECONDS =
      RestartPolicy.permanent()
          .withBackoff(Backoff.fixed(Duration.ofSeconds(2)))
          .withLimit(RestartLimit.none());

  private static ProcessSpec.Builder worker(String id) {
    return child(id).withReadiness(ReadinessSpec.atLaunch()).withRestart(EVERY_TWO_SECONDS);
  }

  private static SimulatedTree tree() {
    return new SimulatedTree()
        .program("web", SimulatedProgram.runs())
        .program("db", SimulatedProgram.runs())
        .program("cache", SimulatedProgram.runs().exits(1, Duration.ofMillis(100)));
  }

  private static Explanation explain(SimulatedTree tree, ChildId id) {
    return tree.handle().explain(id).orElseThrow();
  }

  private static List<String> phrases(List<Reason> chain) {
    return chain.stream().map(Reason::phrase).toList();
  }

  private static List<String> phrases(SimulatedTree tree, ChildId id) {
    return phrases(explain(tree, id).chain());
  }

  @Test
  void child_thatIsWell_isItsOwnReason_andNothingIsToBeDone() {
    SimulatedTree tree = tree().start(worker("web"));
    tree.run(SECOND);
    assertThat(phrases(tree, WEB)).containsExactly("web is RUNNING and ready");
    assertThat(explain(tree, WEB).cause().remedy()).isEqualTo(Remedy.NOTHING);
    assertThat(phrases(tree, ChildId.ROOT)).containsExactly("the tree is RUNNING: started");
    assertThat(tree.handle().explain(ChildId.of("nobody"))).isEmpty();
  }

  @Test
  void child_thatAnOperatorTookDown_namesTheOperator_alsoAfterItsEnd() {
    SimulatedTree tree = tree().start(worker("web"));
    tree.run(SECOND);
    tree.value(tree.settled(tree.handle().down(WEB, Request.of("jmx:admin", "deploy"))));
    Reason cause = explain(tree, WEB).cause();
    assertThat(cause.fact()).startsWith("is DOWN and wanted DOWN (asked by jmx:admin: deploy)");
    assertThat(cause.remedy()).isEqualTo(Remedy.UP);
    assertThat(cause.next()).isEqualTo(new Due.Never());
  }

  @Test
  void child_whoseGroupIsRestarted_isExplainedByTheOneThatFailed_andWhenItGoesOn() {
    SimulatedTree tree = tree();
    tree.supervisor.withStrategy(RestartStrategy.oneForAll());
    tree.start(worker("db"), worker("web"));
    tree.run(SECOND);
    tree.platform().kill(DB);
    tree.run(SECOND);
    assertThat(phrases(tree, WEB))
        .satisfiesExactly(
            web -> assertThat(web).startsWith("web is WAITING: its group is restarted"),
            db ->
                assertThat(db)
                    .startsWith("db is WAITING with its group, restart 1 in a row: ")
                    .contains("KILL"));
    Reason cause = explain(tree, WEB).cause();
    assertThat(cause.next()).isInstanceOf(Due.At.class);
    assertThat(cause.remedy()).isEqualTo(Remedy.UP);
    assertThat(cause.describe(cause.since().plusMillis(400)))
        .contains("; 0.4 s ago; goes on by itself in 1.6 s; operator: up");
  }

  @Test
  void child_whoseTurnHasNotCome_isExplainedByTheOneWhoseTurnItIs() {
    SimulatedTree tree =
        tree()
            .program("db", SimulatedProgram.runs().launchTaking(SECOND))
            .start(worker("db"), worker("web"));
    tree.run(Duration.ofMillis(500));
    assertThat(phrases(tree, WEB)).hasSize(2);
    assertThat(explain(tree, WEB).cause().child()).isEqualTo(DB);
    assertThat(explain(tree, WEB).cause().fact()).startsWith("is LAUNCHING");
  }

  @Test
  void child_thatIsNotReadyOrPaused_saysSo() {
    SimulatedTree tree =
        tree().start(worker("web").withReadiness(ReadinessSpec.aliveFor(Duration.ofSeconds(5))));
    tree.run(SECOND);
    assertThat(phrases(tree, WEB)).containsExactly("web is RUNNING, not ready yet");
    assertThat(explain(tree, WEB).cause().next()).isInstanceOf(Due.At.class);
    tree.value(tree.settled(tree.handle().pause(WEB)));
    assertThat(phrases(tree, WEB)).containsExactly("web is RUNNING, not ready yet, and paused");
    assertThat(explain(tree, WEB).cause().remedy()).isEqualTo(Remedy.RESUME);
    assertThat(explain(tree, WEB).cause().next()).isEqualTo(new Due.Never());
  }

  /** A backend that gives up by its limit, and what its parent does with that. */
  private static SupervisorSpec.Builder backend(GiveUp then) {
    return SupervisorSpec.builder("backend")
        .withLimit(RestartIntensity.of(1, Duration.ofMinutes(1)))
        .withRestart(RestartPolicy.permanent().withLimit((history, now) -> false).withGiveUp(then))
        .addChild(worker("cache").build());
  }

  @Test
  void child_ofASupervisorThatGaveUp_isExplainedDownToTheEndThatDidIt() {
    SimulatedTree tree = tree();
    tree.supervisor.addChild(backend(GiveUp.stayDown()).build());
    tree.start();
    tree.run(Duration.ofMinutes(1));
    assertThat(phrases(tree, CACHE))
        .satisfiesExactly(
            cache -> assertThat(cache).startsWith("backend/cache is DOWN"),
            backend -> assertThat(backend).startsWith("backend is FAILED: ").contains("more than"),
            end -> assertThat(end).startsWith("backend/cache ended: ").contains("1"));
    List<Reason> chain = explain(tree, CACHE).chain();
    assertThat(chain.get(0).remedy()).as("its supervisor is down").isEqualTo(Remedy.NOTHING);
    assertThat(chain.get(1).remedy()).isEqualTo(Remedy.UP);
    tree.handle().up(ChildId.of("backend"));
    tree.run(Duration.ofMillis(50));
    assertThat(phrases(tree, CACHE)).as("the past is forgiven").hasSize(1);
  }

  @Test
  void giveUps_areToldWithTheRootCauseLast_upToTheTree_andItsReportHasTheSame() {
    SimulatedTree tree = tree();
    tree.supervisor.addChild(backend(GiveUp.escalate()).build());
    List<Explanation> told = new ArrayList<>();
    tree.giveUpListener = told::add;
    tree.start(worker("web"));
    tree.runUntilOver(1_000);
    assertThat(told)
        .extracting(explanation -> explanation.child().toString())
        .containsExactly("backend", "backend", ChildId.ROOT.toString());
    assertThat(told).allSatisfy(each -> assertThat(each.cause().child()).isEqualTo(CACHE));
    StopReport report = tree.value(tree.handle().stopped());
    assertThat(report.cause()).isEqualTo(StopReport.Cause.GAVE_UP);
    assertThat(phrases(report.why()))
        .satisfiesExactly(
            root -> assertThat(root).startsWith("the tree is STOPPED: backend: "),
            backend -> assertThat(backend).startsWith("backend ended: "),
            end -> assertThat(end).startsWith("backend/cache ended: "));
    assertThat(explain(tree, WEB).cause().child()).as("of whom was stopped").isEqualTo(CACHE);
  }

  @Test
  void tree_thatIsStopped_hasNoGiveUpInItsReport_andExplainsItself() {
    SimulatedTree tree = tree().start(worker("web"));
    tree.run(SECOND);
    tree.handle().stop("test");
    tree.runUntilOver(100);
    assertThat(tree.value(tree.handle().stopped()).why()).isEmpty();
    assertThat(explain(tree, WEB).cause().phrase()).isEqualTo("the tree is STOPPED: test");
  }

  @Test
  void quarantine_isTold_andAListenerThatThrowsHurtsNobody() {
    SimulatedTree tree = tree();
    List<SupervisorEvent> events = new ArrayList<>();
    List<Explanation> told = new ArrayList<>();
    tree.giveUpListener =
        explanation -> {
          told.add(explanation);
          throw new IllegalStateException("a listener with a bug");
        };
    tree.start(
        worker("cache")
            .withRestart(
                RestartPolicy.permanent()
                    .withLimit((history, now) -> false)
                    .withGiveUp(GiveUp.quarantine(SECOND, SECOND))));
    tree.handle().subscribe(published -> events.add(published.event()));
    tree.run(Duration.ofSeconds(5));
    assertThat(told).hasSizeGreaterThan(1);
    assertThat(told.get(0).cause().fact()).startsWith("is QUARANTINED: ");
    assertThat(told.get(0).cause().next()).isInstanceOf(Due.At.class);
    assertThat(events).anyMatch(event -> event instanceof SupervisorEvent.GiveUpExplained);
    assertThat(tree.child(ChildId.of("cache")).phase())
        .isIn(Phase.QUARANTINED, Phase.RUNNING, Phase.LAUNCHING);
  }

  /** Both are forgotten in the step in which the inner one gives up. */
  @Test
  void temporarySupervisorsThatVanishAsTheyGiveUp_areExplainedAllTheSame() {
    SimulatedTree tree = tree();
    SupervisorSpec inner =
        SupervisorSpec.builder("inner")
            .withLimit(RestartIntensity.of(0, Duration.ofMinutes(1)))
            .withRestart(RestartPolicy.temporary())
            .addChild(worker("cache").build())
            .build();
    tree.supervisor.addChild(
        SupervisorSpec.builder("outer")
            .withRestart(RestartPolicy.temporary())
            .addChild(inner)
            .build());
    List<Explanation> told = new ArrayList<>();
    tree.giveUpListener = told::add;
    tree.start(worker("web"));
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.handle().child(ChildId.of("outer/inner"))).isEmpty();
    assertThat(told)
        .singleElement()
        .satisfies(
            each -> assertThat(each.cause().child()).isEqualTo(ChildId.of("outer/inner/cache")));
    assertThat(tree.child(WEB).ready()).isTrue();
  }
}
