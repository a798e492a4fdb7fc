package org.jsupervisor.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What "as wanted" and "ready" mean for each phase. */
class SnapshotTest {
  @ParameterizedTest
  @EnumSource(Phase.class)
  void wantedUp_isAsWanted_ifReadyOrFinished(Phase phase) {
    assertThat(child(Desire.UP, phase, false).isAsWanted()).isEqualTo(phase == Phase.FINISHED);
    assertThat(child(Desire.UP, phase, true).isAsWanted())
        .isEqualTo(phase == Phase.FINISHED || phase == Phase.RUNNING);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void wantedDown_isAsWanted_ifThereIsNoProcess(Phase phase) {
    assertThat(child(Desire.DOWN, phase, false).isAsWanted()).isEqualTo(!phase.isAlive());
  }

  @ParameterizedTest
  @EnumSource(TreePhase.class)
  void tree_isReady_onlyWhileItRuns(TreePhase phase) {
    assertThat(new TreeSnapshot("t", phase, "", List.of()).isReady())
        .isEqualTo(phase == TreePhase.RUNNING);
  }

  @Test
  void tree_doesNotWaitForChildrenThatAreWantedDown() {
    ChildSnapshot down = child(Desire.DOWN, Phase.KILLING, false);
    ChildSnapshot ready = child(Desire.UP, Phase.RUNNING, true);
    ChildSnapshot coming = child(Desire.UP, Phase.RUNNING, false);
    assertThat(new TreeSnapshot("t", TreePhase.RUNNING, "", List.of(down, ready)).isReady())
        .isTrue();
    List<ChildSnapshot> children = new ArrayList<>(List.of(ready, coming));
    TreeSnapshot tree = new TreeSnapshot("t", TreePhase.RUNNING, "", children);
    children.remove(coming);
    assertThat(tree.isReady()).as("and the list was copied").isFalse();
  }

  private static ChildSnapshot child(Desire desire, Phase phase, boolean ready) {
    Run run = new Run.Live(new Incarnation(ChildId.of("c"), 1), new Pid(7), Instant.EPOCH);
    ChildSnapshot child =
        new ChildSnapshot(
            ChildId.of("c"),
            desire,
            phase,
            ready,
            Instant.EPOCH,
            "",
            run,
            new Due.Never(),
            Counters.ZERO,
            List.of(),
            1,
            false,
            "");
    assertThat(child.pid()).contains(new Pid(7));
    assertThat(child.lastExit()).isEmpty();
    return child;
  }
}
