package org.jsupervisor.core.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.Moment;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.junit.jupiter.api.Test;

/** What readers see: whole moments, with times for people. */
class SnapshotBoardTest {
  private static final ChildId C = ChildId.of("c");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final long ORIGIN = Long.MAX_VALUE - 1_000;

  private TreeModel model =
      TreeMachine.create(
              SupervisorSpec.builder("t")
                  .addChild(ProcessSpec.builder("c", "program").build())
                  .build(),
              TreeLimits.defaults(),
              new Moment(ORIGIN, 0))
          .model();
  private final SnapshotBoard board = new SnapshotBoard(new TimeAnchor(NOON, ORIGIN), model);

  private void step(Input input, Duration sinceOrigin) {
    model = TreeMachine.step(model, input, new Moment(ORIGIN + sinceOrigin.toNanos(), 0)).model();
  }

  @Test
  void anchor_turnsReadingsIntoTimes_alsoAcrossTheWrap() {
    TimeAnchor anchor = new TimeAnchor(NOON, ORIGIN);
    assertThat(anchor.at(ORIGIN)).isEqualTo(NOON);
    assertThat(anchor.at(ORIGIN + Duration.ofDays(1).toNanos())).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(anchor.at(ORIGIN - 1_000_000_000)).isEqualTo("2026-11-21T11:59:59Z");
  }

  @Test
  void board_showsWhatWasPublished_andNothingBefore() {
    TreeModel before = model;
    step(new Input.StartTree(), Duration.ZERO);
    assertThat(board.tree().phase()).isEqualTo(TreePhase.NEW);
    board.publish(model);
    assertThat(board.tree().phase()).isEqualTo(TreePhase.RUNNING);
    assertThat(board.tree(before).phase()).isEqualTo(TreePhase.NEW);
    assertThat(board.child(ChildId.of("stranger"))).isEmpty();
  }

  @Test
  void child_isShownWithItsRunAndWhatItWaitsFor() {
    step(new Input.StartTree(), Duration.ZERO);
    Incarnation run = new Incarnation(C, 1);
    step(new Input.Launched(run, new Pid(7)), Duration.ofSeconds(2));
    board.publish(model);
    ChildSnapshot child = board.child(C).orElseThrow();
    assertThat(child.phase()).isEqualTo(Phase.RUNNING);
    assertThat(child.since()).isEqualTo(NOON.plusSeconds(2));
    assertThat(child.run()).isEqualTo(new Run.Live(run, new Pid(7), NOON.plusSeconds(2)));
    assertThat(child.due()).isEqualTo(new Due.At(NOON.plusSeconds(3)));
    assertThat(board.tree().children()).containsExactly(child);
  }
}
