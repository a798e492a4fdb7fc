package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.LaunchStep.Kind;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;

/**
 * Whether the host may do what steps ask, as far as that can be told beforehand. A tool that fails
 * would end the run with a number that means little; and coreutils' {@code nice} would even go on.
 * What is only found out in the new process still ends the run, never runs the program.
 */
final class StepChecks {
  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

  private final HostRights rights;

  StepChecks(HostRights rights) {
    this.rights = rights;
  }

  /** The first step that cannot be done. */
  void check(List<LaunchStep> steps) throws StepRefusedException {
    for (LaunchStep step : steps) {
      if (step instanceof ResourceStep resource) {
        check(resource);
      } else if (step instanceof PrivilegeStep.Chroot chroot) {
        check(chroot);
      } else if (step instanceof PrivilegeStep.Capabilities capabilities) {
        check(capabilities);
      }
    }
  }

  private void check(ResourceStep step) throws StepRefusedException {
    if (step instanceof ResourceStep.Cgroup cgroup) {
      check(cgroup);
    } else if (step instanceof ResourceStep.Nice nice) {
      check(nice);
    } else if (step instanceof ResourceStep.IoScheduling io) {
      if (io.ioClass() == ResourceStep.IoScheduling.IoClass.REALTIME
          && !rights.has(Capability.SYS_ADMIN)) {
        require(Kind.IO_SCHEDULING, Capability.SYS_NICE, "the real-time class");
      }
    } else if (step instanceof ResourceStep.CpuScheduling cpu) {
      if (cpu.policy().isRealtime() && !within(cpu.priority(), Resource.REALTIME_PRIORITY)) {
        require(Kind.CPU_SCHEDULING, Capability.SYS_NICE, cpu.policy() + " " + cpu.priority());
      }
    } else if (step instanceof ResourceStep.CpuAffinity affinity) {
      check(affinity);
    } else if (step instanceof ResourceStep.Limit limit) {
      check(limit);
    }
  }

  private static void check(ResourceStep.Cgroup step) throws StepRefusedException {
    Path members = step.directory().resolve("cgroup.procs");
    if (!Files.exists(members)) {
      throw new StepRefusedException(
          Kind.CGROUP, Errno.ENOENT, "'" + step.directory() + "' must be a control group");
    }
    if (!Files.isWritable(members)) {
      throw new StepRefusedException(
          Kind.CGROUP, Errno.EACCES, "'" + members + "' must be writable for the host");
    }
  }

  private void check(ResourceStep.Nice step) throws StepRefusedException {
    int level = rights.niceLevel() + step.adjustment();
    if (step.adjustment() < 0 && !within(20 - level, Resource.NICE)) {
      require(Kind.NICE, Capability.SYS_NICE, "nice value " + level);
    }
  }

  private boolean within(int value, Resource resource) {
    HostRights.Range range = rights.limits().get(resource);
    return range != null && value <= range.soft().orElse(Long.MAX_VALUE);
  }

  private static void check(ResourceStep.CpuAffinity step) throws StepRefusedException {
    Set<Integer> missing = new TreeSet<>(step.processors());
    try {
      missing.removeAll(ranges(Files.readString(ONLINE).strip()));
    } catch (IOException e) {
      return; // cannot be told; taskset will
    }
    if (!missing.isEmpty()) {
      throw new StepRefusedException(
          Kind.CPU_AFFINITY, Errno.EINVAL, "processors " + missing + " are not there");
    }
  }

  /** Numbers as the kernel writes them, for example {@code 0-3,8}. */
  static Set<Integer> ranges(String text) {
    Set<Integer> result = new TreeSet<>();
    for (String range : text.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = Integer.parseInt(range.substring(dash + 1));
      for (int i = first; i <= last; i++) {
        result.add(i);
      }
    }
    return result;
  }

  private void check(ResourceStep.Limit step) throws StepRefusedException {
    HostRights.Range now = rights.limits().get(step.resource());
    if (now == null) {
      return;
    }
    String name = step.resource().key();
    boolean raises =
        step.hard().sort() != Bound.Sort.UNCHANGED
            && value(step.hard()) > now.hard().orElse(Long.MAX_VALUE);
    if (raises) {
      String what = name + " above the host's hard limit " + text(now.hard());
      require(Kind.LIMIT, Capability.SYS_RESOURCE, what);
    }
    long hard =
        step.hard().sort() == Bound.Sort.UNCHANGED
            ? now.hard().orElse(Long.MAX_VALUE)
            : value(step.hard());
    long soft =
        step.soft().sort() == Bound.Sort.UNCHANGED
            ? now.soft().orElse(Long.MAX_VALUE)
            : value(step.soft());
    if (soft > hard) {
      throw new StepRefusedException(
          Kind.LIMIT,
          Errno.EINVAL,
          name
              + ": the soft limit would be above the hard one; the host has "
              + text(now.soft())
              + ":"
              + text(now.hard()));
    }
  }

  private static long value(Bound bound) {
    return bound.sort() == Bound.Sort.UNLIMITED ? Long.MAX_VALUE : bound.value();
  }

  private static String text(OptionalLong value) {
    return value.isEmpty() ? "unlimited" : Long.toString(value.getAsLong());
  }

  private void check(PrivilegeStep.Chroot step) throws StepRefusedException {
    require(Kind.CHROOT, Capability.SYS_CHROOT, "another root directory");
    if (!Files.isDirectory(step.root())) {
      throw new StepRefusedException(
          Kind.CHROOT, Errno.ENOENT, "'" + step.root() + "' must be a directory");
    }
  }

  private void check(PrivilegeStep.Capabilities step) throws StepRefusedException {
    long wanted = 0;
    for (String name : step.bounding()) {
      Optional<Capability> known =
          List.of(Capability.values()).stream().filter(c -> c.key().equals(name)).findFirst();
      if (known.isEmpty()) {
        throw new StepRefusedException(
            Kind.CAPABILITIES, Errno.EINVAL, "there is no capability '" + name + "'");
      }
      wanted |= known.get().bit();
      if (step.ambient().contains(name)) {
        require(Kind.CAPABILITIES, known.get(), "ambient " + name);
      }
    }
    if ((rights.bounding() & ~wanted) != 0) {
      require(Kind.CAPABILITIES, Capability.SETPCAP, "a smaller bounding set");
    }
  }

  /** The ids to be set; empty if the host has them already. */
  Optional<Ids> changed(Ids wanted) throws StepRefusedException {
    Ids own = rights.ids();
    if (wanted.uid() != own.uid()) {
      require(Kind.USER, Capability.SETUID, "user " + wanted.uid());
    }
    boolean otherGroups = wanted.gid() != own.gid() || !wanted.groups().equals(own.groups());
    if (otherGroups) {
      require(
          Kind.USER,
          Capability.SETGID,
          "group " + wanted.gid() + " and supplementary groups " + wanted.groups());
    }
    return wanted.uid() == own.uid() && !otherGroups ? Optional.empty() : Optional.of(wanted);
  }

  /** Done last before the start, as other steps may have made the directory. */
  static void checkLock(FileStep.Lock step) throws StepRefusedException {
    Path file = step.file();
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StepRefusedException(
          Kind.LOCK, Errno.ENOENT, "the directory of '" + file + "' must be there");
    }
    if (!Files.isWritable(Files.exists(file) ? file : directory)) {
      throw new StepRefusedException(
          Kind.LOCK, Errno.EACCES, "'" + file + "' must be writable for the host");
    }
  }

  private void require(Kind kind, Capability capability, String what) throws StepRefusedException {
    if (!rights.has(capability)) {
      throw new StepRefusedException(
          kind,
          Errno.EPERM,
          what + " needs the capability " + capability.key() + ", which the host has not");
    }
  }
}
