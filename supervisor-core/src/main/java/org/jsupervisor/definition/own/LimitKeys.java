package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling.Policy;
import org.jsupervisor.spec.ResourceStep.IoScheduling.IoClass;

/** The keys of a service file that say what its program may use, and how much of it. */
final class LimitKeys {
  private static final Map<String, Resource> RESOURCES =
      Stream.of(Resource.values()).collect(Collectors.toMap(Resource::key, Function.identity()));
  private static final Map<String, IoClass> IO_CLASSES =
      Map.of(
          "realtime", IoClass.REALTIME,
          "best-effort", IoClass.BEST_EFFORT,
          "idle", IoClass.IDLE);
  private static final Map<String, Policy> POLICIES =
      Map.of(
          "other", Policy.OTHER,
          "batch", Policy.BATCH,
          "idle", Policy.IDLE,
          "fifo", Policy.FIFO,
          "round-robin", Policy.ROUND_ROBIN);
  private static final Pattern BOUND = Pattern.compile("([0-9]{1,15})|([0-9]{1,9})([KMG])");
  private static final Pattern NICE = Pattern.compile("-?[0-9]{1,2}");
  private static final String BOUND_RULE =
      "must be SOFT:HARD or one for both, each a number (with K, M or G for bytes), unlimited or"
          + " unchanged";

  /** Within the class; what the kernel takes where nothing is said. */
  private static final int IO_LEVEL = 4;

  private final ServiceProperties properties;
  private final Path directory;

  LimitKeys(ServiceProperties properties, Path directory) {
    this.properties = properties;
    this.directory = directory;
  }

  void addTo(List<LaunchStep> steps) {
    properties.named(ServiceKey.LIMIT).forEach((name, entry) -> limit(name, entry, steps));
    StepKeys.octal(properties, ServiceKey.UMASK)
        .flatMap(mask -> properties.build(() -> new ResourceStep.Umask(mask), ServiceKey.UMASK))
        .ifPresent(steps::add);
    nice().ifPresent(steps::add);
    ioScheduling().ifPresent(steps::add);
    cpuScheduling().ifPresent(steps::add);
    affinity().ifPresent(steps::add);
    for (Entry each : properties.repeated(ServiceKey.CGROUP)) {
      attempt(each, () -> new ResourceStep.Cgroup(StepKeys.path(each.value(), directory)))
          .ifPresent(steps::add);
    }
  }

  private <T> Optional<T> attempt(Entry entry, Supplier<T> maker) {
    return properties.findings().attempt(properties.place(entry), entry.written(), maker);
  }

  private void limit(String name, Entry entry, List<LaunchStep> steps) {
    Resource resource = RESOURCES.get(name);
    if (resource == null) {
      String all = String.join(", ", new TreeSet<>(RESOURCES.keySet()));
      properties.findings().problem(properties.place(entry), "", "must be a limit of " + all);
      return;
    }
    String[] sides = entry.value().split(":", -1);
    attempt(
            entry,
            () -> {
              if (sides.length > 2) {
                throw new IllegalArgumentException(BOUND_RULE);
              }
              Bound soft = bound(resource, sides[0].strip());
              Bound hard = sides.length == 1 ? soft : bound(resource, sides[1].strip());
              return new ResourceStep.Limit(resource, soft, hard);
            })
        .ifPresent(steps::add);
  }

  private static Bound bound(Resource resource, String text) {
    Matcher number = BOUND.matcher(text);
    if (number.matches() && number.group(1) != null) {
      return Bound.at(Long.parseLong(number.group(1)));
    }
    if (number.matches() && isInBytes(resource)) {
      int unit = 1 + "KMG".indexOf(number.group(3));
      return Bound.at(Long.parseLong(number.group(2)) << (10 * unit));
    }
    return switch (text) {
      case "unlimited" -> Bound.UNLIMITED;
      case "unchanged" -> Bound.UNCHANGED;
      default -> throw new IllegalArgumentException(BOUND_RULE);
    };
  }

  private static boolean isInBytes(Resource resource) {
    return switch (resource) {
      case ADDRESS_SPACE,
          CORE,
          DATA,
          FILE_SIZE,
          LOCKED_MEMORY,
          MESSAGE_QUEUES,
          RESIDENT_SET,
          STACK ->
          true;
      case CPU_TIME,
          LOCKS,
          NICE,
          OPEN_FILES,
          PROCESSES,
          REALTIME_PRIORITY,
          REALTIME_TIME,
          PENDING_SIGNALS ->
          false;
    };
  }

  private Optional<LaunchStep> nice() {
    Optional<String> text = properties.text(ServiceKey.NICE);
    if (text.filter(number -> !NICE.matcher(number).matches()).isPresent()) {
      properties.problem(ServiceKey.NICE, "must be -20 to 19");
      return Optional.empty();
    }
    return text.flatMap(
        number ->
            properties.build(
                () -> new ResourceStep.Nice(Integer.parseInt(number)), ServiceKey.NICE));
  }

  private Optional<LaunchStep> ioScheduling() {
    Optional<IoClass> chosen = properties.choice(ServiceKey.IO_CLASS, IO_CLASSES);
    if (!properties.has(ServiceKey.IO_CLASS)) {
      properties.refuse("needs io.class", ServiceKey.IO_LEVEL);
    }
    return chosen.flatMap(
        known -> {
          int usual = known == IoClass.IDLE ? 0 : IO_LEVEL;
          int level = properties.integer(ServiceKey.IO_LEVEL).orElse(usual);
          return properties.build(
              () -> new ResourceStep.IoScheduling(known, level), ServiceKey.IO_LEVEL);
        });
  }

  private Optional<LaunchStep> cpuScheduling() {
    Optional<Policy> chosen = properties.choice(ServiceKey.CPU_POLICY, POLICIES);
    if (!properties.has(ServiceKey.CPU_POLICY)) {
      properties.refuse("needs cpu.policy", ServiceKey.CPU_PRIORITY);
    }
    return chosen.flatMap(
        known -> {
          int priority = properties.integer(ServiceKey.CPU_PRIORITY).orElse(0);
          return properties.build(
              () -> new ResourceStep.CpuScheduling(known, priority),
              ServiceKey.CPU_PRIORITY,
              ServiceKey.CPU_POLICY);
        });
  }

  private Optional<LaunchStep> affinity() {
    List<Entry> entries = properties.repeated(ServiceKey.CPU_AFFINITY);
    return entries.isEmpty()
        ? Optional.empty()
        : properties
            .numbers(ServiceKey.CPU_AFFINITY)
            .flatMap(
                numbers -> attempt(entries.get(0), () -> new ResourceStep.CpuAffinity(numbers)));
  }
}
