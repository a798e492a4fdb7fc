package org.jsupervisor.posix.internal.leftover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.posix.internal.guard.RunKind;
import org.jsupervisor.posix.internal.guard.RunMark;
import org.jsupervisor.posix.internal.guard.RunTable;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.Test;

/** Who belongs to a run that has ended, and what is done to them. */
class EndedRunTest {
  private static final ProcessEntry OF_SESSION = new ProcessEntry(20, 20, 7, 0);
  private static final ProcessEntry OF_GROUP = new ProcessEntry(21, 7, 7, 0);
  private static final ProcessEntry ELSEWHERE = new ProcessEntry(22, 22, 22, 0);

  private static final long LONG = Duration.ofHours(1).toNanos();

  private final EndedRun run = run(EndedRun.Numbers.HELD);

  @Test
  void tokenCountsEverywhere_theSessionOnlyWhileItsNumberIsHeld() {
    assertThat(run.owns(OF_SESSION, ProcessFiles.NO_RUN)).isTrue();
    assertThat(run.owns(ELSEWHERE, 3)).isTrue();
    assertThat(run.owns(ELSEWHERE, 33)).isFalse();

    run.release();

    assertThat(run.owns(OF_SESSION, ProcessFiles.NO_RUN)).isFalse();
    assertThat(run.owns(OF_SESSION, 3)).isTrue();
    assertThat(run(EndedRun.Numbers.FREE).owns(OF_SESSION, ProcessFiles.NO_RUN)).isFalse();
  }

  @Test
  void restOfAGroupThatWasKilled_isWaitedFor_butNotCounted() {
    run.note(OF_GROUP);
    run.note(ELSEWHERE);

    assertThat(run.found()).containsExactlyInAnyOrder(21L, 22L);
    assertThat(run.count()).isEqualTo(1);
  }

  @Test
  void whoeverTurnsUpAnewAfterTwoKills_isStopped_untilNobodyNewDoes() {
    for (long pid = 1; pid <= 2; pid++) {
      run.note(new ProcessEntry(pid, pid, pid, 0));
      assertThat(run.mayKill(LONG)).isTrue();
      run.nextRound();
    }
    run.note(new ProcessEntry(3, 3, 3, 0));
    assertThat(run.mayKill(LONG)).isFalse();
    run.nextRound();
    run.note(new ProcessEntry(3, 3, 3, 0));
    assertThat(run.mayKill(LONG)).isTrue();
  }

  @Test
  void whoeverIsFoundWhenTheTimeIsOver_isKilled_andNotLeftBehindStopped() {
    for (long pid = 1; pid <= 2; pid++) {
      run.note(new ProcessEntry(pid, pid, pid, 0));
      run.nextRound();
    }
    run.note(new ProcessEntry(3, 3, 3, 0));

    assertThat(run.mayKill(LONG)).isFalse();
    assertThat(run.mayKill(-1)).isTrue();
  }

  /** The pids may have come round, and a new one mean nothing. */
  @Test
  void oldRun_isNotJudgedByTheLastPid() {
    long now = System.nanoTime();

    assertThat(identity(now).isYoung()).isTrue();
    assertThat(identity(now - Duration.ofSeconds(2).toNanos()).isYoung()).isFalse();
  }

  private static EndedRun run(EndedRun.Numbers numbers) {
    return new EndedRun(identity(System.nanoTime()), Leftovers.KILLED, 1, numbers);
  }

  private static EndedRun.Identity identity(long beginNanos) {
    var mark = new RunMark(3, RunKind.DIE, beginNanos, RunTable.NO_SLOT);
    return new EndedRun.Identity(new Incarnation(ChildId.of("child"), 1), mark, 7);
  }
}
