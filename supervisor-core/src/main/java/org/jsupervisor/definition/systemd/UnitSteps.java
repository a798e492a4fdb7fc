package org.jsupervisor.definition.systemd;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling.IoClass;
import org.jsupervisor.spec.UserVariables;

/** The directives of a unit that say as whom, where and with what its program is run. */
final class UnitSteps {
  private static final Map<String, CpuScheduling.Policy> CPU_POLICIES =
      Map.of(
          "other", CpuScheduling.Policy.OTHER,
          "batch", CpuScheduling.Policy.BATCH,
          "idle", CpuScheduling.Policy.IDLE,
          "fifo", CpuScheduling.Policy.FIFO,
          "rr", CpuScheduling.Policy.ROUND_ROBIN);
  private static final Map<String, Optional<IoClass>> IO_CLASSES =
      Map.of(
          "0", Optional.empty(),
          "none", Optional.empty(),
          "1", Optional.of(IoClass.REALTIME),
          "realtime", Optional.of(IoClass.REALTIME),
          "2", Optional.of(IoClass.BEST_EFFORT),
          "best-effort", Optional.of(IoClass.BEST_EFFORT),
          "3", Optional.of(IoClass.IDLE),
          "idle", Optional.of(IoClass.IDLE));
  private static final Pattern PROCESSORS = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
  private static final String ROOT_USER = "0";

  private final Unit unit;
  private final ProcessSpec.Builder builder;

  UnitSteps(Unit unit, ProcessSpec.Builder builder) {
    this.unit = unit;
    this.builder = builder;
  }

  /** Adds all of them. */
  void read() {
    user().ifPresent(builder::addStep);
    if (unit.isTrue("NoNewPrivileges", false)) {
      builder.addStep(new PrivilegeStep.NoNewPrivileges());
    }
    unit.value("RootDirectory", text -> new PrivilegeStep.Chroot(path(text)))
        .ifPresent(builder::addStep);
    builder.withDirectory(directory());
    unit.value("UMask", text -> new ResourceStep.Umask(octal(text))).ifPresent(builder::addStep);
    unit.integer("Nice")
        .flatMap(nice -> unit.attempt("Nice", () -> new ResourceStep.Nice(nice)))
        .ifPresent(builder::addStep);
    cpuScheduling();
    ioScheduling();
    if (!unit.list("CPUAffinity").isEmpty()) {
      unit.attempt("CPUAffinity", () -> new ResourceStep.CpuAffinity(processors()))
          .ifPresent(builder::addStep);
    }
    UnitLimits.read(unit, builder);
  }

  private Optional<PrivilegeStep.User> user() {
    Optional<String> user = unit.text("User");
    Optional<String> group = unit.text("Group");
    List<String> more = unit.words("SupplementaryGroups");
    if (user.isEmpty() && group.isEmpty() && more.isEmpty()) {
      return Optional.empty();
    }
    Optional<PrivilegeStep.User> step =
        unit.attempt("User", () -> PrivilegeStep.User.of(user.orElse(ROOT_USER)));
    if (user.isPresent()) {
      step = step.map(of -> of.withVariables(UserVariables.OF_ACCOUNT));
    }
    if (group.isPresent()) {
      step = step.flatMap(of -> unit.attempt("Group", () -> of.withGroup(group.get())));
    }
    if (!more.isEmpty()) {
      String what = "are its only ones; those of the database are not added";
      unit.findings().note(unit.place("SupplementaryGroups"), "", what);
      step =
          step.flatMap(of -> unit.attempt("SupplementaryGroups", () -> of.withSupplementary(more)));
    }
    return step;
  }

  private Path directory() {
    Path root = Path.of("/");
    Optional<String> text = unit.text("WorkingDirectory");
    boolean mayMiss = text.filter(each -> each.startsWith("-")).isPresent();
    Optional<Path> path =
        unit.value("WorkingDirectory", written -> path(mayMiss ? written.substring(1) : written));
    if (mayMiss && path.filter(Files::isDirectory).isEmpty()) {
      unit.findings()
          .note(unit.place("WorkingDirectory"), "", "is not there; it runs in / until it is");
      return root;
    }
    return path.orElse(root);
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("path: must be a path", e);
    }
    throw new IllegalArgumentException("path: must be an absolute path");
  }

  /** A file mode or mask. */
  static int octal(String text) {
    if (!text.matches("[0-7]{1,4}")) {
      throw new IllegalArgumentException("mode: must be an octal number");
    }
    return Integer.parseInt(text, 8);
  }

  private void cpuScheduling() {
    Optional<Integer> priority = unit.integer("CPUSchedulingPriority");
    Optional<CpuScheduling.Policy> policy = unit.choice("CPUSchedulingPolicy", CPU_POLICIES);
    if (policy.isPresent()) {
      int byDefault = policy.get().isRealtime() ? 1 : 0;
      unit.attempt(
              "CPUSchedulingPriority",
              () -> new CpuScheduling(policy.get(), priority.orElse(byDefault)))
          .ifPresent(builder::addStep);
    } else if (priority.isPresent()) {
      unit.findings()
          .note(unit.place("CPUSchedulingPriority"), "", "has no effect without a policy");
    }
  }

  private void ioScheduling() {
    Optional<Integer> priority = unit.integer("IOSchedulingPriority");
    Optional<IoClass> ioClass =
        unit.choice("IOSchedulingClass", IO_CLASSES)
            .orElse(priority.map(level -> IoClass.BEST_EFFORT));
    ioClass
        .flatMap(
            each ->
                unit.attempt(
                    "IOSchedulingPriority",
                    () ->
                        new ResourceStep.IoScheduling(
                            each, each == IoClass.IDLE ? 0 : priority.orElse(4))))
        .ifPresent(builder::addStep);
  }

  private SortedSet<Integer> processors() {
    SortedSet<Integer> processors = new TreeSet<>();
    for (String word : unit.words("CPUAffinity")) {
      for (String each : SEPARATOR.split(word, -1)) {
        Matcher range = PROCESSORS.matcher(each);
        if (!range.matches()) {
          throw new IllegalArgumentException(
              "processors: must be numbers or ranges of them, as in 0 2-3");
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        for (int number = first; number <= last; number++) {
          processors.add(number);
        }
      }
    }
    return processors;
  }
}
