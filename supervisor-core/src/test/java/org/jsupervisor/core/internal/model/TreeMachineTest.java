package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartRequest;
import org.jsupervisor.strategy.RestartScope;
import org.junit.jupiter.api.Test;

/** What the failure or the end of one child means for the others and for the tree. */
class TreeMachineTest {
  @Test
  void policyThatEscalates_endsTheTree() {
    Fixture f =
        Fixture.started(
                Fixture.child("a").build(),
                Fixture.child().withRestart(q -> new RestartDecision.Escalate("enough")).build())
            .launched(ChildId.of("a"))
            .launched()
            .exits(1);
    assertThat(f.model.phase()).isEqualTo(TreePhase.STOPPING);
    f.exits(ChildId.of("a"), 0);
    assertThat(f.model.phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(f.model.ending().cause()).isEqualTo(StopReport.Cause.GAVE_UP);
  }

  @Test
  void supervisorLimit_isSharedByAllChildren() {
    Fixture f =
        Fixture.started(
            SupervisorSpec.builder("t")
                .withLimit(RestartIntensity.of(1, Duration.ofSeconds(5)))
                .addChild(Fixture.child("a").build())
                .addChild(Fixture.child().build())
                .build());
    f.launched(ChildId.of("a")).launched().exits(ChildId.of("a"), 1);
    assertThat(f.model.phase()).isEqualTo(TreePhase.RUNNING);
    f.exits(1);
    assertThat(f.model.phase()).as("all were dead or waiting").isEqualTo(TreePhase.STOPPED);
    assertThat(f.now(ChildId.of("a")).deadlineNanos()).isEmpty();
  }

  @Test
  void tree_stopsInReverseOrder_oneAfterTheOther_andSkipsTheUnkillable() {
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    Fixture f =
        Fixture.started(
                Fixture.child("a").build(), Fixture.child().build(), Fixture.child("b").build())
            .launched(a)
            .launched()
            .launched(b);
    f.step(new Input.StopTree(StopReport.Cause.ASKED, "test"));
    assertThat(f.now(b).phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.now().phase()).isEqualTo(Phase.RUNNING);
    f.exits(b, 0);
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.now(a).phase()).isEqualTo(Phase.RUNNING);
    f.due().due();
    assertThat(f.now().phase()).isEqualTo(Phase.UNKILLABLE);
    assertThat(f.now(a).phase()).isEqualTo(Phase.STOPPING);
    f.exits(a, 0);
    assertThat(f.model.phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(TreeMachine.unkillable(f.model)).containsExactly(Fixture.CHILD);
  }

  @Test
  void childThatEndsByItselfWhileTheTreeStops_isNotRestarted() {
    ChildId b = ChildId.of("b");
    Fixture f =
        Fixture.started(Fixture.child().build(), Fixture.child("b").build()).launched().launched(b);
    f.step(new Input.StopTree(StopReport.Cause.ASKED, "test")).exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.DOWN);
    f.exits(b, 0);
    assertThat(f.model.phase()).isEqualTo(TreePhase.STOPPED);
  }

  @Test
  void wishesWhileTheTreeStops_changeNothing() {
    Fixture f = Fixture.started(Fixture.child().build()).launched();
    f.step(new Input.StopTree(StopReport.Cause.ASKED, "test")).up();
    f.exits(0);
    assertThat(f.model.phase()).isEqualTo(TreePhase.STOPPED);
  }

  @Test
  void ownStrategy_restartsTheSiblingsThatItNames() {
    ChildId a = ChildId.of("a");
    Fixture f =
        Fixture.started(
            SupervisorSpec.builder("t")
                .withStrategy(request -> new RestartScope(request.siblings()))
                .addChild(Fixture.child("a").build())
                .addChild(Fixture.child().build())
                .build());
    f.launched(a).launched().exits(1);
    assertThat(f.now(a).phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.now(a).counters().restarts()).isEqualTo(1);
    assertThat(f.now().phase()).isEqualTo(Phase.WAITING);
    f.exits(a, 0);
    assertThat(f.now(a).phase()).isEqualTo(Phase.WAITING);
    f.pass(Fixture.BACKOFF)
        .step(new Input.Deadline(ChildId.ROOT, f.now(ChildId.ROOT).deadlineNanos().orElseThrow()));
    assertThat(f.now(a).phase()).as("in start order").isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().phase()).isEqualTo(Phase.WAITING);
    f.launched(a);
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
  }

  @Test
  void anotherFailureWhileAGroupWaits_andASiblingMustStopFirst_leavesNoStaleDeadline() {
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    ChildId d = ChildId.of("d");
    Fixture f =
        Fixture.started(
            SupervisorSpec.builder("t")
                .withStrategy(TreeMachineTest::theFailedAndTheNext)
                .addChild(Fixture.child("a").build())
                .addChild(Fixture.child("b").build())
                .addChild(Fixture.child().build())
                .addChild(Fixture.child("d").build())
                .build());
    f.launched(a).launched(b).launched().launched(d).exits(1).exits(d, 0);
    assertThat(f.now(ChildId.ROOT).deadlineNanos()).isPresent();
    f.pass(Duration.ofMillis(1)).exits(a, 1);
    assertThat(f.now(b).phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.now(ChildId.ROOT).deadlineNanos()).isEmpty();
    f.exits(b, 0);
    long due = f.now(ChildId.ROOT).deadlineNanos().orElseThrow();
    assertThat(due).isEqualTo(f.nowNanos + Fixture.BACKOFF.toNanos());
    f.pass(Fixture.BACKOFF).step(new Input.Deadline(ChildId.ROOT, due));
    assertThat(f.now(a).phase()).isEqualTo(Phase.LAUNCHING);
  }

  @Test
  void strategyThatNamesAStranger_isIgnored() {
    Fixture f =
        Fixture.started(
                SupervisorSpec.builder("t")
                    .withStrategy(request -> new RestartScope(List.of(ChildId.of("stranger"))))
                    .addChild(Fixture.child().build())
                    .build())
            .launched()
            .exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.events).anyMatch(e -> e instanceof SupervisorEvent.DecisionFailed);
  }

  private static RestartScope theFailedAndTheNext(RestartRequest request) {
    int failed = request.siblings().indexOf(request.failed());
    int end = Math.min(failed + 2, request.siblings().size());
    return new RestartScope(request.siblings().subList(failed, end));
  }
}
