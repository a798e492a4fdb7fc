package org.jsupervisor.posix.internal.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.LaunchStep.Kind;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ResourceStep;

/**
 * Turns steps into the words of a chain of tools. A pure function of the steps, the environment's
 * names and where tools are: the same launch has the same words. Used once; not thread-safe.
 */
final class ChainBuilder {
  private final Tools places;
  private final Launch launch;
  private final HeldVariables held;
  private final boolean plainNames;
  private final List<String> words = new ArrayList<>();
  private boolean restored;
  // Names the step that is to blame if what a chain needs at its end is missing.
  private Kind last = Kind.PRE_LAUNCH;
  // Also if perl has done it, where there is nothing to take away.
  private HeldVariables.Shell shell = HeldVariables.Shell.NONE;
  // The host's; from a change of root on those inside it.
  private ToolFinder tools;

  /**
   * What a chain is made for.
   *
   * @param steps of the spec
   * @param ids the user of the {@code User} step; empty if nothing is to be changed
   * @param directory the working directory inside a new root
   * @param program what is executed at last
   */
  record Launch(
      List<LaunchStep> steps, Optional<Ids> ids, String directory, LaunchSteps.Program program) {
    <T extends LaunchStep> List<T> all(Class<T> kind) {
      return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends LaunchStep> Optional<T> one(Class<T> kind) {
      return all(kind).stream().findFirst();
    }
  }

  /** Where the tools of the host are, and those inside a root. */
  interface Tools {
    ToolFinder host();

    ToolFinder inside(String root);
  }

  ChainBuilder(Tools places, Launch launch) {
    this.places = places;
    this.launch = launch;
    tools = places.host();
    held = new HeldVariables(launch.program().environment());
    plainNames = held.arePlain();
  }

  /** The chain, or what is missing for it. */
  Chain build() throws StepRefusedException {
    addResources();
    addPrivileges();
    for (List<String> command : launch.program().preLaunches()) {
      // It is run by the script, so a shell's variables would reach it.
      shell = HeldVariables.Shell.USED;
      List<String> inChild = new ArrayList<>(restoration(command.get(0)));
      inChild.addAll(command);
      add(Kind.PRE_LAUNCH, ToolTable.PRE_LAUNCH, new Scripts.InChild(inChild, plainNames));
    }
    Optional<String> zero =
        launch.one(ProgramStep.ArgumentZero.class).map(ProgramStep.ArgumentZero::name);
    if (words.isEmpty()) {
      return new Chain(List.of(), launch.program().environment(), zero);
    }
    words.addAll(restoration(zero.isPresent() ? "" : launch.program().path()));
    if (zero.isPresent()) {
      add(Kind.ARGUMENT_ZERO, ToolTable.ARGUMENT_ZERO, zero.get());
    }
    return new Chain(List.copyOf(words), held.given(), Optional.empty());
  }

  private void addResources() throws StepRefusedException {
    List<String> cgroups =
        launch.all(ResourceStep.Cgroup.class).stream()
            .map(step -> step.directory().toString())
            .toList();
    Optional<String> umask =
        launch.one(ResourceStep.Umask.class).map(step -> Integer.toOctalString(step.mask()));
    if (!cgroups.isEmpty() || umask.isPresent()) {
      Kind kind = cgroups.isEmpty() ? Kind.UMASK : Kind.CGROUP;
      var asked = new Scripts.Outer(cgroups, umask, plainNames);
      add(kind, ToolTable.CGROUP_AND_UMASK, asked);
      shell = HeldVariables.Shell.USED;
    }
    for (FileStep.Lock lock : launch.all(FileStep.Lock.class)) {
      add(Kind.LOCK, ToolTable.LOCK, lock);
    }
    addEach(Kind.NICE, ToolTable.NICE, ResourceStep.Nice.class);
    addEach(Kind.IO_SCHEDULING, ToolTable.IO_SCHEDULING, ResourceStep.IoScheduling.class);
    addEach(Kind.CPU_SCHEDULING, ToolTable.CPU_SCHEDULING, ResourceStep.CpuScheduling.class);
    addEach(Kind.CPU_AFFINITY, ToolTable.CPU_AFFINITY, ResourceStep.CpuAffinity.class);
    List<ResourceStep.Limit> limits = launch.all(ResourceStep.Limit.class);
    if (!limits.isEmpty()) {
      add(Kind.LIMIT, ToolTable.LIMITS, limits);
    }
  }

  private void addPrivileges() throws StepRefusedException {
    Privileges asked =
        new Privileges(
            launch.ids(),
            launch.one(PrivilegeStep.Capabilities.class),
            launch.one(PrivilegeStep.NoNewPrivileges.class),
            launch.one(ProgramStep.ParentDeath.class).map(ProgramStep.ParentDeath::signal));
    Optional<PrivilegeStep.Chroot> chroot = launch.one(PrivilegeStep.Chroot.class);
    if (chroot.isPresent()) {
      asked = addNewRoot(chroot.get().root().toString(), asked);
    }
    if (!asked.isNothing()) {
      add(kindOf(asked), ToolTable.PRIVILEGES, asked);
    }
  }

  /** A user alone is changed by the tool that changes the root: inside there may be none. */
  private Privileges addNewRoot(String root, Privileges asked) throws StepRefusedException {
    if (launch.program().preLaunches().isEmpty() && !held.loadsCode()) {
      // What is left to be done inside needs no tool there.
      words.addAll(restoration(""));
      shell = HeldVariables.Shell.NONE;
      restored = true;
    }
    boolean together = asked.isUserOnly();
    var change = new NewRoot(root, launch.directory(), together ? asked.ids() : Optional.empty());
    if (together && look(ToolTable.NEW_ROOT, change).isEmpty()) {
      change = new NewRoot(root, launch.directory(), Optional.empty());
    }
    add(Kind.CHROOT, ToolTable.NEW_ROOT, change);
    tools = places.inside(root);
    return change.ids().isPresent()
        ? new Privileges(Optional.empty(), asked.capabilities(), asked.noNew(), asked.parentDeath())
        : asked;
  }

  private static Kind kindOf(Privileges asked) {
    if (asked.ids().isPresent()) {
      return Kind.USER;
    }
    if (asked.capabilities().isPresent()) {
      return Kind.CAPABILITIES;
    }
    return asked.noNew().isPresent() ? Kind.NO_NEW_PRIVILEGES : Kind.PARENT_DEATH;
  }

  /** Gives the program its own variables back; {@code next} is what is executed after that. */
  private List<String> restoration(String next) throws StepRefusedException {
    HeldVariables.Restoration asked = held.restoration(shell);
    if (restored || asked.isNothing()) {
      return List.of();
    }
    List<String> result = new ArrayList<>(find(last, ToolTable.RESTORE, asked));
    if (next.contains("=")) {
      // env would take it for a variable; this changes nothing.
      result.addAll(find(last, ToolTable.NICE, new ResourceStep.Nice(0)));
    }
    return result;
  }

  private <T extends LaunchStep> void addEach(Kind kind, List<Way<T>> ways, Class<T> type)
      throws StepRefusedException {
    for (T step : launch.all(type)) {
      add(kind, ways, step);
    }
  }

  private <T> void add(Kind kind, List<Way<T>> ways, T asked) throws StepRefusedException {
    words.addAll(find(kind, ways, asked));
  }

  private <T> Optional<List<String>> look(List<Way<T>> ways, T asked) {
    for (Way<T> way : ways) {
      Optional<List<String>> arguments = way.arguments().apply(asked);
      Optional<String> path = arguments.isEmpty() ? Optional.empty() : tools.find(way.tool());
      if (path.isPresent()) {
        List<String> result = new ArrayList<>();
        result.add(path.get());
        result.addAll(arguments.get());
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  private <T> List<String> find(Kind kind, List<Way<T>> ways, T asked) throws StepRefusedException {
    Optional<List<String>> found = look(ways, asked);
    if (found.isPresent()) {
      last = kind;
      return found.get();
    }
    String able =
        ways.stream()
            .filter(way -> way.arguments().apply(asked).isPresent())
            .map(Way::tool)
            .collect(Collectors.joining(", "));
    String problem = "none of " + able + " is in " + tools.where();
    throw new StepRefusedException(kind, Errno.ENOENT, problem);
  }
}
