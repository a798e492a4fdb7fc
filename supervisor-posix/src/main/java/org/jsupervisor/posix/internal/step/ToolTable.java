package org.jsupervisor.posix.internal.step;

import static org.jsupervisor.posix.internal.step.Way.always;
import static org.jsupervisor.posix.internal.step.Way.sometimes;

import java.util.List;
import java.util.stream.Collectors;
import org.jsupervisor.posix.internal.step.Scripts.InChild;
import org.jsupervisor.posix.internal.step.Scripts.Outer;
import org.jsupervisor.spec.FileStep.Lock;
import org.jsupervisor.spec.ResourceStep.CpuAffinity;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;
import org.jsupervisor.spec.ResourceStep.Limit;
import org.jsupervisor.spec.ResourceStep.Nice;

/**
 * Which tools can do which step, the preferred one first: util-linux and coreutils, then runit
 * (chpst), s6, daemontools and its relatives (setuidgid, setlock, softlimit), perp (run...), perl.
 * Each gets its arguments as words; the program that follows has a slash and never begins with a
 * minus, so a tool that knows no {@code --} is safe, too.
 */
final class ToolTable {
  // The code of all suites for "the system did not let me".
  private static final String TEMPORARY = "111";

  static final List<Way<Outer>> CGROUP_AND_UMASK =
      List.of(sometimes("sh", Scripts::outerShell), always("perl", Scripts::outerPerl));

  static final List<Way<Lock>> LOCK =
      List.of(
          always(
              "flock",
              lock ->
                  waits(lock)
                      ? List.of("-F", "--", file(lock))
                      : List.of("-F", "-n", "-E", TEMPORARY, "--", file(lock))),
          always("chpst", lock -> List.of(waits(lock) ? "-l" : "-L", file(lock), "--")),
          always("s6-setlock", lock -> List.of(waits(lock) ? "-N" : "-n", "--", file(lock))),
          always("setlock", lock -> List.of(waits(lock) ? "-N" : "-n", file(lock))),
          always("runlock", lock -> waits(lock) ? List.of("-b", file(lock)) : List.of(file(lock))));

  static final List<Way<Nice>> NICE =
      List.of(
          always("nice", nice -> List.of("-n", "" + nice.adjustment(), "--")),
          always("chpst", nice -> List.of("-n", "" + nice.adjustment(), "--")));

  static final List<Way<IoScheduling>> IO_SCHEDULING = List.of(always("ionice", ToolTable::ionice));

  static final List<Way<CpuScheduling>> CPU_SCHEDULING =
      List.of(always("chrt", cpu -> List.of(policy(cpu.policy()), "--", "" + cpu.priority())));

  static final List<Way<CpuAffinity>> CPU_AFFINITY =
      List.of(always("taskset", cpu -> List.of("-c", "--", processors(cpu))));

  static final List<Way<List<Limit>>> LIMITS =
      List.of(
          always("prlimit", LimitWords::prlimit),
          sometimes("s6-softlimit", limits -> LimitWords.soft(limits, LimitWords.ALL_LETTERS)),
          sometimes("softlimit", limits -> LimitWords.soft(limits, LimitWords.ALL_LETTERS)),
          sometimes("chpst", limits -> LimitWords.soft(limits, LimitWords.RUNIT_LETTERS)),
          sometimes("runlimit", limits -> LimitWords.soft(limits, LimitWords.ALL_LETTERS)));

  static final List<Way<NewRoot>> NEW_ROOT =
      List.of(
          sometimes("chroot", PrivilegeWords::chroot),
          sometimes("unshare", PrivilegeWords::unshare),
          sometimes("chpst", PrivilegeWords::chpstRoot));

  static final List<Way<Privileges>> PRIVILEGES =
      List.of(
          always("setpriv", PrivilegeWords::setpriv),
          sometimes("chpst", PrivilegeWords::chpst),
          sometimes("s6-applyuidgid", PrivilegeWords::s6),
          sometimes("setuidgid", PrivilegeWords::account),
          sometimes("runuid", PrivilegeWords::account));

  static final List<Way<InChild>> PRE_LAUNCH =
      List.of(sometimes("sh", Scripts::preLaunchShell), always("perl", Scripts::preLaunchPerl));

  static final List<Way<HeldVariables.Restoration>> RESTORE =
      List.of(always("env", HeldVariables.Restoration::words));

  static final List<Way<String>> ARGUMENT_ZERO =
      List.of(
          always("chpst", name -> List.of("-b", name, "--")),
          always("runtool", name -> List.of("-0", name, "--")),
          always("perl", name -> List.of("-e", Scripts.ARGUMENT_ZERO_PERL, "--", name)));

  private ToolTable() {}

  private static boolean waits(Lock lock) {
    return lock.taken() == Lock.IfTaken.WAITS;
  }

  private static String file(Lock lock) {
    return lock.file().toString();
  }

  private static List<String> ionice(IoScheduling io) {
    return switch (io.ioClass()) {
      case REALTIME -> List.of("-c", "1", "-n", "" + io.level(), "--");
      case BEST_EFFORT -> List.of("-c", "2", "-n", "" + io.level(), "--");
      case IDLE -> List.of("-c", "3", "--");
    };
  }

  private static String policy(CpuScheduling.Policy policy) {
    return switch (policy) {
      case OTHER -> "--other";
      case BATCH -> "--batch";
      case IDLE -> "--idle";
      case FIFO -> "--fifo";
      case ROUND_ROBIN -> "--rr";
    };
  }

  private static String processors(CpuAffinity cpu) {
    return cpu.processors().stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
