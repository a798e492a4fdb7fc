package org.jsupervisor.posix.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.posix.internal.step.Chains.ALONE;
import static org.jsupervisor.posix.internal.step.Chains.DAEMONTOOLS;
import static org.jsupervisor.posix.internal.step.Chains.FAILS;
import static org.jsupervisor.posix.internal.step.Chains.LINUX;
import static org.jsupervisor.posix.internal.step.Chains.PERP;
import static org.jsupervisor.posix.internal.step.Chains.RUNIT;
import static org.jsupervisor.posix.internal.step.Chains.WEB;
import static org.jsupervisor.posix.internal.step.Chains.build;
import static org.jsupervisor.posix.internal.step.Chains.chain;
import static org.jsupervisor.posix.internal.step.Chains.cpu;
import static org.jsupervisor.posix.internal.step.Chains.io;
import static org.jsupervisor.posix.internal.step.Chains.launch;
import static org.jsupervisor.posix.internal.step.Chains.words;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;
import org.jsupervisor.spec.ResourceStep.Limit;
import org.junit.jupiter.api.Test;

/** How steps become one chain. */
class ChainBuilderTest {
  @Test
  void cgroupAndUmask_areOneShell_whoseVariablesAreTakenAway() throws StepRefusedException {
    assertThat(
            chain(
                LINUX,
                new ResourceStep.Umask(027),
                new ResourceStep.Cgroup(Path.of("/g 1")),
                new ResourceStep.Cgroup(Path.of("/g2"))))
        .isEqualTo(
            "/t/sh -c echo $$ >\"$1/cgroup.procs\" || exit 111; shift;"
                + " echo $$ >\"$1/cgroup.procs\" || exit 111; shift;"
                + " umask \"$1\" || exit 111; shift; exec \"$@\" sh /g 1 /g2 27"
                + " /t/env -u OLDPWD -u PWD -u SHLVL -u _ --");
  }

  @Test
  void newRoot_changesTheUserToo_andNeedsNoToolInside() throws StepRefusedException {
    LaunchStep chroot = new PrivilegeStep.Chroot(Path.of("/jail"));

    assertThat(chain(LINUX, WEB, chroot))
        .isEqualTo("/t/chroot --userspec=+1000:+100 --groups=4,27 -- /jail");
    assertThat(chain(LINUX, chroot)).isEqualTo("/t/chroot -- /jail");
    assertThat(chain(RUNIT, WEB, chroot)).isEqualTo("/t/chpst -/ /jail -u :1000:100:4:27 --");
    assertThat(chain(LINUX, chroot, new ResourceStep.Umask(0)))
        .endsWith("/t/env -u OLDPWD -u PWD -u SHLVL -u _ -- /t/chroot -- /jail");
    assertThatThrownBy(() -> chain(DAEMONTOOLS, chroot))
        .hasMessage("step 'chroot': none of chroot, unshare, chpst is in /t");
  }

  @Test
  void whatElseIsDoneInANewRoot_isDoneByItsOwnTools() throws StepRefusedException {
    LaunchStep chroot = new PrivilegeStep.Chroot(Path.of("/jail"));
    LaunchStep none = new PrivilegeStep.NoNewPrivileges();

    assertThat(chain(LINUX, WEB, chroot, none))
        .isEqualTo(
            "/t/chroot -- /jail /jail-t/setpriv --reuid=1000 --regid=100 --groups=4,27"
                + " --no-new-privs --");
    assertThatThrownBy(() -> chain("chroot sh nice", WEB, chroot, none))
        .hasMessage("step 'user': none of setpriv is in /jail-t");
  }

  @Test
  void directoryInANewRoot_isLeftToTheToolThatCan() throws StepRefusedException {
    var jail = new PrivilegeStep.Chroot(Path.of("/jail"));

    assertThat(words(LINUX, launch(Optional.of(ALONE), "/srv", Map.of(), jail)))
        .isEqualTo("/t/unshare --root=/jail --wd=/srv --setgid=100 --setuid=1000 --");
    assertThat(words(LINUX, launch(Optional.of(WEB), "/srv", Map.of(), jail)))
        .isEqualTo(
            "/t/unshare --root=/jail --wd=/srv --"
                + " /jail-t/setpriv --reuid=1000 --regid=100 --groups=4,27 --");
  }

  @Test
  void preLaunch_isRunByAShellThatGetsItAsArguments() throws StepRefusedException {
    var step = new ProgramStep.PreLaunch(Command.of("x"));
    var launch =
        new ChainBuilder.Launch(
            List.of(step),
            Optional.empty(),
            "/",
            new LaunchSteps.Program("/p", new TreeMap<>(), List.of(List.of("/x", "a b"))));

    assertThat(words(LINUX, launch))
        .isEqualTo(
            "/t/sh -c \"${1}\" \"${2}\" \"${3}\" \"${4}\" \"${5}\" \"${6}\" \"${7}\" \"${8}\""
                + " \"${9}\" \"${10}\" \"${11}\" \"${12}\" || exit $?; shift 12; exec \"$@\" sh"
                + " /t/env -u OLDPWD -u PWD -u SHLVL -u _ -- /x a b"
                + " /t/env -u OLDPWD -u PWD -u SHLVL -u _ --");
  }

  @Test
  void argumentZero_isDoneWithoutAToolIfThereIsNoChain() throws StepRefusedException {
    LaunchStep name = new ProgramStep.ArgumentZero("n");
    LaunchStep nice = new ResourceStep.Nice(1);

    assertThat(chain("", name)).isEmpty();
    assertThat(
            build("", launch(Optional.empty(), "/", Map.of(), name)).argv("/p", List.of("p", "a")))
        .containsExactly("n", "a");
    assertThat(chain(RUNIT, name, nice)).isEqualTo("/t/chpst -n 1 -- /t/chpst -b n --");
    assertThat(chain(PERP, name, nice)).isEqualTo("/t/nice -n 1 -- /t/runtool -0 n --");
    assertThat(chain(LINUX, name, nice))
        .startsWith("/t/nice -n 1 -- /t/perl -e ")
        .endsWith(" -- n");
  }

  @Test
  void heldVariables_areGivenBackLast_andAProgramWithAnEqualsSignIsNone()
      throws StepRefusedException {
    Map<String, String> variables = Map.of("LD_PRELOAD", "/lib", "PWD", "/x", "A", "1");
    var launch =
        new ChainBuilder.Launch(
            List.of(new ResourceStep.Umask(0)),
            Optional.empty(),
            "/",
            new LaunchSteps.Program("/a=b", new TreeMap<>(variables), List.of()));
    Chain chain = build(LINUX, launch);

    assertThat(String.join(" ", chain.words()))
        .endsWith(" /t/env -u OLDPWD -u SHLVL -u _ -- LD_PRELOAD=/lib PWD=/x /t/nice -n 0 --");
    assertThat(chain.environment()).containsExactly(Map.entry("A", "1"));
    assertThat(chain.toString()).doesNotContain("/lib");
  }

  @Test
  void orderOfTheList_changesNothing() throws StepRefusedException {
    List<LaunchStep> steps =
        new ArrayList<>(
            List.of(
                new PrivilegeStep.NoNewPrivileges(),
                new ResourceStep.Umask(0),
                FAILS,
                new ResourceStep.Nice(1),
                io(IoScheduling.IoClass.IDLE, 0),
                cpu(CpuScheduling.Policy.BATCH, 0),
                Limit.soft(Resource.CORE, 0),
                new PrivilegeStep.Chroot(Path.of("/jail")),
                new ProgramStep.ArgumentZero("n")));
    String first = chain(LINUX, WEB, steps.toArray(LaunchStep[]::new));
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(steps, random);
      assertThat(chain(LINUX, WEB, steps.toArray(LaunchStep[]::new))).isEqualTo(first);
    }
    assertThat(first.indexOf("/t/chroot")).isLessThan(first.indexOf("--reuid")).isPositive();
  }

  @Test
  void noSteps_areNoChain() throws StepRefusedException {
    assertThat(chain(LINUX)).isEmpty();
  }
}
