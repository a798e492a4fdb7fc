package org.jsupervisor.core.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.Moment;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When an operation is done: the table of goals and states. A state is the way there: u(p), d(own),
 * r(estart), o(nce), R(emove), l(aunched), x (exit 1), z (exit 0), t (its deadline comes).
 */
class GoalTest {
  private static final ChildId C = ChildId.of("c");

  @ParameterizedTest(name = "{0}: readyNow {1}, readyAnew {2}, DEAD {3}, GONE {4}")
  @CsvSource({
    // way,   readyNow,   readyAnew,  DEAD,       GONE
    "'',      SUPERSEDED, SUPERSEDED, DONE,       SUPERSEDED",
    "u,       WAITING,    WAITING,    SUPERSEDED, SUPERSEDED",
    "ud,      SUPERSEDED, SUPERSEDED, WAITING,    SUPERSEDED",
    "ul,      WAITING,    WAITING,    SUPERSEDED, SUPERSEDED",
    "ult,     DONE,       WAITING,    SUPERSEDED, SUPERSEDED",
    "ultr,    WAITING,    WAITING,    SUPERSEDED, SUPERSEDED",
    "ultd,    SUPERSEDED, SUPERSEDED, WAITING,    SUPERSEDED",
    "ultdx,   SUPERSEDED, SUPERSEDED, DONE,       SUPERSEDED",
    "ultdt,   SUPERSEDED, SUPERSEDED, WAITING,    SUPERSEDED",
    "ultdtt,  SUPERSEDED, SUPERSEDED, UNKILLABLE, SUPERSEDED",
    "ultrtt,  UNKILLABLE, UNKILLABLE, SUPERSEDED, SUPERSEDED",
    "ultR,    REMOVED,    REMOVED,    WAITING,    WAITING",
    "ultRt,   REMOVED,    REMOVED,    WAITING,    WAITING",
    "ultRtt,  REMOVED,    REMOVED,    UNKILLABLE, UNKILLABLE",
    "ultRx,   REMOVED,    REMOVED,    DONE,       DONE",
    "ulx,     WAITING,    WAITING,    SUPERSEDED, SUPERSEDED",
    "ulxt,    WAITING,    WAITING,    SUPERSEDED, SUPERSEDED",
    "ulxtlx,  GAVE_UP,    GAVE_UP,    SUPERSEDED, SUPERSEDED",
    "ulz,     WAITING,    WAITING,    SUPERSEDED, SUPERSEDED",
  })
  void state_isJudged(String way, String now, String anew, String dead, String gone) {
    TreeModel model = walk(way);
    Optional<ChildModel> child = model.child(C);
    assertThat(verdict(Goal.readyNow(child), child)).as("readyNow").isEqualTo(now);
    assertThat(verdict(Goal.readyAnew(child), child)).as("readyAnew").isEqualTo(anew);
    assertThat(verdict(Goal.DEAD, child)).as("DEAD").isEqualTo(dead);
    assertThat(verdict(Goal.GONE, child)).as("GONE").isEqualTo(gone);
    assertThat(verdict(Goal.DONE_AT_ONCE, child)).isEqualTo("DONE");
  }

  /** The goal is set at the first state, and judged at the second. */
  @ParameterizedTest(name = "set at {0}, judged at {1}")
  @CsvSource({
    "'',   ult,    DONE,    DONE",
    "u,    ult,    DONE,    DONE",
    "ul,   ult,    DONE,    WAITING",
    "ult,  ultrx,  WAITING, WAITING",
    "ult,  ultrxlt, DONE,   DONE",
    "ulx,  ulxtlt, DONE,    DONE",
    "ulx,  ulxtlz, DONE,    DONE",
    "ud,   udu,    WAITING, WAITING",
    "ud,   udult,  WAITING, WAITING",
  })
  void run_countsOrNot(String setAt, String judgedAt, String now, String anew) {
    Optional<ChildModel> before = walk(setAt).child(C);
    Optional<ChildModel> after = walk(judgedAt).child(C);
    assertThat(verdict(Goal.readyNow(before), after)).as("readyNow").isEqualTo(now);
    assertThat(verdict(Goal.readyAnew(before), after)).as("readyAnew").isEqualTo(anew);
  }

  /** The goal is set at the first state, and judged at the second. */
  @ParameterizedTest(name = "set at {0}, judged at {1}")
  @CsvSource({
    "'',   o,      WAITING",
    "'',   olt,    DONE",
    "'',   olx,    DONE",
    "'',   olz,    DONE",
    "'',   od,     SUPERSEDED",
    "'',   old,    SUPERSEDED",
    "'',   oR,     REMOVED",
    "'',   oltdtt, SUPERSEDED",
    "ul,   ulox,   DONE",
    "ult,  ulto,   DONE",
    "ultd, ultdo,  WAITING",
    "ultd, ultdox, WAITING",
    "ultd, ultdoxlx, DONE",
    "ultd, ultdott, UNKILLABLE",
    "ulx,  ulxu,   WAITING",
    "ulx,  ulxtlx, GAVE_UP",
  })
  void oneRun_isReadyOrHasEnded(String setAt, String judgedAt, String expected) {
    Goal once = Goal.onceNow(walk(setAt).child(C));
    assertThat(verdict(once, walk(judgedAt).child(C))).isEqualTo(expected);
  }

  @Test
  void oneRun_ofAChildThatIsGone_isRefused() {
    assertThat(verdict(Goal.onceNow(walk("").child(C)), Optional.empty())).isEqualTo("REMOVED");
  }

  private static String verdict(Goal goal, Optional<ChildModel> child) {
    Standing standing = goal.judge(child);
    if (standing instanceof Standing.Refused refused) {
      return refused.refusal().name();
    }
    return standing == Standing.DONE ? "DONE" : "WAITING";
  }

  private static TreeModel walk(String way) {
    ProcessSpec spec =
        ProcessSpec.builder("c", "program")
            .withInitially(Desire.DOWN)
            .withRestart(GoalTest::decide)
            .build();
    TreeModel model =
        TreeMachine.create(
                SupervisorSpec.builder("t").addChild(spec).build(),
                TreeLimits.defaults(),
                new Moment(0, 0))
            .model();
    model = TreeMachine.step(model, new Input.StartTree(), new Moment(0, 0)).model();
    for (int i = 0; i < way.length(); i++) {
      model = TreeMachine.step(model, input(way.charAt(i), model), new Moment(i, 0)).model();
    }
    return model;
  }

  /** One restart, then it stays down; a clean exit after a restart is the end. */
  private static RestartDecision decide(org.jsupervisor.policy.RestartQuestion question) {
    boolean second = question.history().streak() > 0;
    if (second) {
      return question.exit().status().isClean()
          ? new RestartDecision.Finish()
          : new RestartDecision.StayDown("enough");
    }
    return RestartPolicy.permanent().decide(question);
  }

  private static Input input(char move, TreeModel model) {
    ChildModel child = model.child(C).orElseThrow();
    Incarnation run = new Incarnation(C, Math.max(1, child.number()));
    return switch (move) {
      case 'u' -> new Input.Up(C, "test");
      case 'o' -> new Input.Once(C, "test");
      case 'd' -> new Input.Down(C, "test");
      case 'r' -> new Input.Restart(C, "test");
      case 'R' -> new Input.Remove(C, "removed");
      case 'l' -> new Input.Launched(run, new Pid(7));
      case 'x' -> new Input.Exited(run, new ExitStatus.Exited(1));
      case 'z' -> new Input.Exited(run, new ExitStatus.Exited(0));
      case 't' -> new Input.Deadline(C, child.deadlineNanos().orElseThrow());
      default -> throw new AssertionError(String.valueOf(move));
    };
  }
}
