package org.jsupervisor.posix.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.posix.internal.step.Chains.ALONE;
import static org.jsupervisor.posix.internal.step.Chains.DAEMONTOOLS;
import static org.jsupervisor.posix.internal.step.Chains.FAILS;
import static org.jsupervisor.posix.internal.step.Chains.LINUX;
import static org.jsupervisor.posix.internal.step.Chains.PERP;
import static org.jsupervisor.posix.internal.step.Chains.RUNIT;
import static org.jsupervisor.posix.internal.step.Chains.S6;
import static org.jsupervisor.posix.internal.step.Chains.WAITS;
import static org.jsupervisor.posix.internal.step.Chains.WEB;
import static org.jsupervisor.posix.internal.step.Chains.chain;
import static org.jsupervisor.posix.internal.step.Chains.cpu;
import static org.jsupervisor.posix.internal.step.Chains.io;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;
import org.jsupervisor.spec.ResourceStep.Limit;
import org.junit.jupiter.api.Test;

/** The words that each tool is given, for each suite of tools. */
class ChainWordsTest {
  @Test
  void linux_usesItsOwnTools() throws StepRefusedException {
    assertThat(chain(LINUX, WAITS)).isEqualTo("/t/flock -F -- /l");
    assertThat(chain(LINUX, FAILS)).isEqualTo("/t/flock -F -n -E 111 -- /l");
    assertThat(chain(LINUX, new ResourceStep.Nice(-5))).isEqualTo("/t/nice -n -5 --");
    assertThat(chain(LINUX, io(IoScheduling.IoClass.REALTIME, 3)))
        .isEqualTo("/t/ionice -c 1 -n 3 --");
    assertThat(chain(LINUX, io(IoScheduling.IoClass.IDLE, 0))).isEqualTo("/t/ionice -c 3 --");
    assertThat(chain(LINUX, cpu(CpuScheduling.Policy.ROUND_ROBIN, 7)))
        .isEqualTo("/t/chrt --rr -- 7");
    assertThat(chain(LINUX, cpu(CpuScheduling.Policy.FIFO, 7))).isEqualTo("/t/chrt --fifo -- 7");
    assertThat(chain(LINUX, cpu(CpuScheduling.Policy.IDLE, 0))).isEqualTo("/t/chrt --idle -- 0");
    assertThat(chain(LINUX, cpu(CpuScheduling.Policy.OTHER, 0))).isEqualTo("/t/chrt --other -- 0");
    assertThat(chain(LINUX, new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(10, 0, 2)))))
        .isEqualTo("/t/taskset -c -- 0,2,10");
  }

  @Test
  void limits_areOneProgram() throws StepRefusedException {
    LaunchStep[] limits = {
      Limit.soft(Resource.STACK, 5),
      new Limit(Resource.CORE, Bound.UNLIMITED, Bound.UNLIMITED),
      new Limit(Resource.PROCESSES, Bound.UNCHANGED, Bound.at(9))
    };

    assertThat(chain(LINUX, limits))
        .isEqualTo("/t/prlimit --stack=5: --core=unlimited:unlimited --nproc=:9 --");
    assertThatThrownBy(() -> chain(S6, limits))
        .isInstanceOf(StepRefusedException.class)
        .hasMessage("step 'limit': none of prlimit is in /t");
  }

  @Test
  void privileges_areOneProgram() throws StepRefusedException {
    assertThat(
            chain(
                LINUX,
                WEB,
                new ProgramStep.ParentDeath(Signal.TERM),
                new PrivilegeStep.NoNewPrivileges(),
                PrivilegeStep.Capabilities.only("kill", "chown")))
        .isEqualTo(
            "/t/setpriv --reuid=1000 --regid=100 --groups=4,27"
                + " --bounding-set=-all,+chown,+kill --inh-caps=-all,+chown,+kill"
                + " --ambient-caps=-all,+chown,+kill --no-new-privs --pdeathsig=TERM --");
    assertThat(chain(LINUX, ALONE))
        .isEqualTo("/t/setpriv --reuid=1000 --regid=100 --clear-groups --");
  }

  @Test
  void user_isChangedByEachSuite() throws StepRefusedException {
    assertThat(chain(RUNIT, WEB)).isEqualTo("/t/chpst -u :1000:100:4:27 --");
    assertThat(chain(RUNIT, ALONE)).isEqualTo("/t/chpst -u :1000:100 --");
    assertThat(chain(S6, WEB)).isEqualTo("/t/s6-applyuidgid -u 1000 -g 100 -G 4,27 --");
    assertThat(chain(S6, ALONE)).isEqualTo("/t/s6-applyuidgid -u 1000 -g 100 -G  --");
    assertThat(chain(DAEMONTOOLS, ALONE)).isEqualTo("/t/setuidgid web");
    assertThat(chain(PERP, ALONE)).isEqualTo("/t/runuid web");
  }

  @Test
  void supplementaryGroups_areRefused_whereAToolWouldLoseThem() {
    assertThatThrownBy(() -> chain(DAEMONTOOLS, WEB))
        .hasMessage("step 'user': none of setpriv, chpst, s6-applyuidgid is in /t");
    assertThatThrownBy(() -> chain(PERP, new Ids(Optional.empty(), 1, 1, new TreeSet<>())))
        .hasMessage("step 'user': none of setpriv, chpst, s6-applyuidgid is in /t");
  }

  @Test
  void whatOnlySetprivCan_isRefusedElsewhere() {
    assertThatThrownBy(() -> chain(RUNIT, WEB, new PrivilegeStep.NoNewPrivileges()))
        .hasMessage("step 'user': none of setpriv is in /t");
    assertThatThrownBy(() -> chain(S6, PrivilegeStep.Capabilities.none()))
        .hasMessage("step 'capabilities': none of setpriv is in /t");
    assertThatThrownBy(() -> chain(S6, new ProgramStep.ParentDeath(Signal.HUP)))
        .hasMessage("step 'parent-death': none of setpriv is in /t");
    assertThatThrownBy(() -> chain(S6, io(IoScheduling.IoClass.IDLE, 0)))
        .hasMessage("step 'io-scheduling': none of ionice is in /t");
  }

  @Test
  void locks_areTakenByEachSuite() throws StepRefusedException {
    assertThat(chain(RUNIT, WAITS)).isEqualTo("/t/chpst -l /l --");
    assertThat(chain(RUNIT, FAILS)).isEqualTo("/t/chpst -L /l --");
    assertThat(chain(S6, WAITS)).isEqualTo("/t/s6-setlock -N -- /l");
    assertThat(chain(S6, FAILS)).isEqualTo("/t/s6-setlock -n -- /l");
    assertThat(chain(DAEMONTOOLS, WAITS)).isEqualTo("/t/setlock -N /l");
    assertThat(chain(DAEMONTOOLS, FAILS)).isEqualTo("/t/setlock -n /l");
    assertThat(chain(PERP, WAITS)).isEqualTo("/t/runlock -b /l");
    assertThat(chain(PERP, FAILS)).isEqualTo("/t/runlock /l");
  }

  @Test
  void softLimitsAndNice_areSetByEachSuite() throws StepRefusedException {
    LaunchStep files = Limit.soft(Resource.OPEN_FILES, 9);
    LaunchStep core = Limit.soft(Resource.CORE, 0);
    LaunchStep stack = Limit.soft(Resource.STACK, 0);

    assertThat(chain(RUNIT, files, core)).isEqualTo("/t/chpst -o 9 -c 0 --");
    assertThat(chain(S6, files, core)).isEqualTo("/t/s6-softlimit -o 9 -c 0 --");
    assertThat(chain(DAEMONTOOLS, files, stack)).isEqualTo("/t/softlimit -o 9 -s 0 --");
    assertThat(chain(PERP, files, stack)).isEqualTo("/t/runlimit -o 9 -s 0 --");
    assertThatThrownBy(() -> chain(RUNIT, stack))
        .hasMessage("step 'limit': none of prlimit, s6-softlimit, softlimit, runlimit is in /t");
    assertThat(chain(RUNIT, new ResourceStep.Nice(3))).isEqualTo("/t/chpst -n 3 --");
  }
}
