package org.jsupervisor.posix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Groups that are signalled by pidfd. */
@EnabledOnOs(OS.LINUX)
class LeftoversTest extends LeftoversContract {
  LeftoversTest() {
    super(ExitDetection.pidfd());
  }

  @Test
  void leaderReapedBySomethingElse_leavesNobodyBehind() {
    assumeTrue(Kernel.isAtLeast(6, 9), "groups by pidfd came with Linux 6.9");
    Incarnation run = launch(Leftovers.KILLED, STAY_WITH_ONE);
    Pid leader = fixture.awaitLaunched(run);
    long grandchild = grandchild();

    ReaperThief.killAndReapAlone(leader.value());

    fixture.awaitExit(run);
    awaitEnd(grandchild);
  }
}
