package org.jsupervisor.posix.internal.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsupervisor.spec.FileStep.Lock;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;

/** Chains for tools that are only said to be there: in {@code /t}, and in a root's {@code -t}. */
final class Chains {
  static final String LINUX =
      "setpriv prlimit env nice ionice chrt taskset chroot unshare flock sh perl";
  static final String RUNIT = "chpst sh env";
  static final String S6 = "s6-applyuidgid s6-softlimit s6-setlock sh env nice";
  static final String DAEMONTOOLS = "setuidgid softlimit setlock sh env nice";
  static final String PERP = "runuid runlimit runlock runtool sh env nice";

  static final Ids WEB =
      new Ids(Optional.of("web"), 1000, 100, new TreeSet<>(Set.of(4L, 27L, 100L)));
  static final Ids ALONE = new Ids(Optional.of("web"), 1000, 100, new TreeSet<>());
  static final Lock WAITS = new Lock(Path.of("/l"), Lock.IfTaken.WAITS);
  static final Lock FAILS = new Lock(Path.of("/l"), Lock.IfTaken.FAILS);

  private Chains() {}

  static LaunchStep io(IoScheduling.IoClass ioClass, int level) {
    return new IoScheduling(ioClass, level);
  }

  static LaunchStep cpu(CpuScheduling.Policy policy, int priority) {
    return new CpuScheduling(policy, priority);
  }

  static String chain(String tools, LaunchStep... steps) throws StepRefusedException {
    return words(tools, launch(Optional.empty(), "/", Map.of(), steps));
  }

  static String chain(String tools, Ids ids, LaunchStep... steps) throws StepRefusedException {
    return words(tools, launch(Optional.of(ids), "/", Map.of(), steps));
  }

  static ChainBuilder.Launch launch(
      Optional<Ids> ids, String directory, Map<String, String> variables, LaunchStep... steps) {
    return new ChainBuilder.Launch(
        List.of(steps),
        ids,
        directory,
        new LaunchSteps.Program("/p", new TreeMap<>(variables), List.of()));
  }

  static String words(String tools, ChainBuilder.Launch launch) throws StepRefusedException {
    return String.join(" ", build(tools, launch).words());
  }

  static Chain build(String tools, ChainBuilder.Launch launch) throws StepRefusedException {
    return new ChainBuilder(new FakeTools(Set.of(tools.split(" ", -1))), launch).build();
  }

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
