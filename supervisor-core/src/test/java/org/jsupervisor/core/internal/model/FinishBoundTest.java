package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.StopReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** A finish with a long limit does not keep its supervisor, or the tree, from stopping. */
class FinishBoundTest {
  private static final ChildId BELOW = ChildId.of("t").child("c");

  private static ProcessSpec.Builder followed() {
    return Fixture.child("c")
        .withFinish(
            FinishSpec.of(FinishSpec.Style.RUNIT, "./finish").withLimit(FinishSpec.LIMIT_MAX));
  }

  private static Duration total(Fixture fixture, ChildId id) {
    return ((ProcessSpec) fixture.now(id).spec()).stop().total();
  }

  private static Fixture stopsTree(Fixture fixture) {
    return fixture.step(new Input.StopTree(StopReport.Cause.ASKED, "test"));
  }

  private static void isDueIn(Fixture fixture, ChildId id, Duration wait) {
    assertThat(fixture.now(id).phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.now(id).deadlineNanos()).hasValue(fixture.nowNanos + wait.toNanos());
  }

  @Test
  void finishThatBeginsWhileTheTreeStops_hasAsLongAsTheStopOfTheChild() {
    Fixture fixture = Fixture.started(followed().build()).launched();
    stopsTree(fixture).exits(0);
    isDueIn(fixture, Fixture.CHILD, total(fixture, Fixture.CHILD));

    assertThat(fixture.due().due().model.phase()).isEqualTo(TreePhase.STOPPED);
  }

  @Test
  void treeThatStopsMeanwhile_cutsItShort_once() {
    Fixture fixture = Fixture.started(followed().build()).launched().exits(1);
    isDueIn(fixture, Fixture.CHILD, FinishSpec.LIMIT_MAX);

    stopsTree(fixture.pass(Duration.ofHours(1)));
    isDueIn(fixture, Fixture.CHILD, total(fixture, Fixture.CHILD));
    assertThat(fixture.due().due().model.phase()).isEqualTo(TreePhase.STOPPED);
  }

  @Test
  void shorterLimit_isKept() {
    Duration limit = Duration.ofMillis(10);
    FinishSpec finish = FinishSpec.of(FinishSpec.Style.RUNIT, "./finish").withLimit(limit);
    Fixture fixture = Fixture.started(followed().withFinish(finish).build()).launched();
    stopsTree(fixture.exits(1));
    isDueIn(fixture, Fixture.CHILD, limit);
  }

  @Test
  void childThatIsStoppedAlone_keepsTheWholeLimit() {
    Fixture fixture = Fixture.started(followed().build()).launched().down().exits(0);
    isDueIn(fixture, Fixture.CHILD, FinishSpec.LIMIT_MAX);
    assertThat(fixture.down().now().deadlineNanos())
        .hasValue(fixture.nowNanos + FinishSpec.LIMIT_MAX.toNanos());
  }

  @Test
  void supervisorThatStopsMeanwhile_cutsItShort_andTheTreeToo() {
    SupervisorSpec root =
        SupervisorSpec.builder("r")
            .addChild(SupervisorSpec.builder("t").addChild(followed().build()).build())
            .build();
    Fixture alone = Fixture.started(root).launched(BELOW).exits(BELOW, 1);
    isDueIn(alone, BELOW, FinishSpec.LIMIT_MAX);
    alone.step(new Input.Down(ChildId.of("t"), "test"));
    isDueIn(alone, BELOW, total(alone, BELOW));

    Fixture whole = stopsTree(Fixture.started(root).launched(BELOW).exits(BELOW, 1));
    isDueIn(whole, BELOW, total(whole, BELOW));
  }
}
