package org.jsupervisor.posix.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep.Lock;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;
import org.jsupervisor.spec.ResourceStep.Limit;
import org.junit.jupiter.api.Test;

/** The command lines that are built, for each suite of tools. */
class ChainBuilderTest {
  private static final String LINUX =
      "setpriv prlimit env nice ionice chrt taskset chroot unshare flock sh perl";
  private static final String RUNIT = "chpst sh env";
  private static final String S6 = "s6-applyuidgid s6-softlimit s6-setlock sh env nice";
  private static final String DAEMONTOOLS = "setuidgid softlimit setlock sh env nice";
  private static final String PERP = "runuid runlimit runlock runtool sh env nice";

  private static final Ids WEB =
      new Ids(Optional.of("web"), 1000, 100, new TreeSet<>(Set.of(4L, 27L, 100L)));
  private static final Ids ALONE = new Ids(Optional.of("web"), 1000, 100, new TreeSet<>());
  private static final Lock WAITS = new Lock(Path.of("/l"), Lock.IfTaken.WAITS);
  private static final Lock FAILS = new Lock(Path.of("/l"), Lock.IfTaken.FAILS);

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

    assertThat(words(LINUX, launch(Optional.of(ALONE), "/work", Map.of(), jail)))
        .isEqualTo("/t/unshare --root=/jail --wd=/work --setgid=100 --setuid=1000 --");
    assertThat(words(LINUX, launch(Optional.of(WEB), "/work", Map.of(), jail)))
        .isEqualTo(
            "/t/unshare --root=/jail --wd=/work --"
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
            new TreeMap<>(),
            "/p",
            List.of(List.of("/x", "a b")));

    assertThat(words(LINUX, launch))
        .isEqualTo(
            "/t/sh -c \"${1}\" \"${2}\" || exit $?; shift 2; exec \"$@\" sh /x a b"
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
            new TreeMap<>(variables),
            "/a=b",
            List.of());
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

  private static LaunchStep io(IoScheduling.IoClass ioClass, int level) {
    return new IoScheduling(ioClass, level);
  }

  private static LaunchStep cpu(CpuScheduling.Policy policy, int priority) {
    return new CpuScheduling(policy, priority);
  }

  private static String chain(String tools, LaunchStep... steps) throws StepRefusedException {
    return words(tools, launch(Optional.empty(), "/", Map.of(), steps));
  }

  private static String chain(String tools, Ids ids, LaunchStep... steps)
      throws StepRefusedException {
    return words(tools, launch(Optional.of(ids), "/", Map.of(), steps));
  }

  private static ChainBuilder.Launch launch(
      Optional<Ids> ids, String directory, Map<String, String> variables, LaunchStep... steps) {
    return new ChainBuilder.Launch(
        List.of(steps), ids, directory, new TreeMap<>(variables), "/p", List.of());
  }

  private static String words(String tools, ChainBuilder.Launch launch)
      throws StepRefusedException {
    return String.join(" ", build(tools, launch).words());
  }

  private static Chain build(String tools, ChainBuilder.Launch launch) throws StepRefusedException {
    return new ChainBuilder(new FakeTools(Set.of(tools.split(" ", -1))), launch).build();
  }

  /** Tools that are said to be in /t, and inside a root in {@code root-t}. */
  private record FakeTools(Set<String> names) implements ChainBuilder.Tools {
    @Override
    public ToolFinder host() {
      return in("/t");
    }

    @Override
    public ToolFinder inside(String root) {
      return in(root + "-t");
    }

    private ToolFinder in(String place) {
      return new ToolFinder() {
        @Override
        public Optional<String> find(String name) {
          return names.contains(name) ? Optional.of(place + "/" + name) : Optional.empty();
        }

        @Override
        public String where() {
          return place;
        }
      };
    }
  }
}
