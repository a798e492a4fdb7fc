package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jsupervisor.posix.internal.proc.ProcStatus;
import org.jsupervisor.spec.Resource;

/**
 * What the calling thread may do, as the kernel says it: a snapshot.
 *
 * @param ids effective
 * @param capabilities the effective ones, as bits
 * @param bounding those that can be had, as bits
 * @param niceLevel -20 to 19
 * @param limits of this process
 */
record HostRights(
    Ids ids, long capabilities, long bounding, int niceLevel, Map<Resource, Range> limits) {
  private static final Path STAT = Path.of("/proc/thread-self/stat");
  private static final Path LIMITS = Path.of("/proc/thread-self/limits");
  // Counted from the state, which is the third field: the nineteenth.
  private static final int NICE_AT = 16;
  private static final int LIMIT_NAME_LENGTH = 26;

  /** A limit; empty: unlimited. */
  record Range(OptionalLong soft, OptionalLong hard) {}

  static HostRights read() throws IOException {
    ProcStatus status = ProcStatus.ofThisThread();
    SortedSet<Long> groups = new TreeSet<>();
    status.fields("Groups").forEach(group -> groups.add(Long.parseLong(group)));
    Ids ids = new Ids(Optional.empty(), second(status, "Uid"), second(status, "Gid"), groups);
    String stat = Files.readString(STAT);
    // The name before it may hold anything.
    List<String> numbers = fields(stat.substring(stat.lastIndexOf(')') + 1));
    return new HostRights(
        ids,
        Long.parseUnsignedLong(status.value("CapEff").orElse("0"), 16),
        Long.parseUnsignedLong(status.value("CapBnd").orElse("0"), 16),
        Integer.parseInt(numbers.get(NICE_AT)),
        parseLimits(Files.readAllLines(LIMITS)));
  }

  /** The effective one of the ids of that name. */
  private static long second(ProcStatus status, String name) {
    List<String> ids = status.fields(name);
    return ids.size() > 1 ? Long.parseLong(ids.get(1)) : 0;
  }

  private static List<String> fields(String text) {
    return Arrays.stream(text.split("\\s+")).filter(field -> !field.isEmpty()).toList();
  }

  static Map<Resource, Range> parseLimits(List<String> lines) {
    Map<Resource, Range> result = new HashMap<>();
    for (Resource resource : Resource.values()) {
      for (String line : lines) {
        if (line.startsWith(nameOf(resource) + " ")) {
          List<String> values = fields(line.substring(LIMIT_NAME_LENGTH - 1));
          result.put(resource, new Range(number(values.get(0)), number(values.get(1))));
        }
      }
    }
    return result;
  }

  private static OptionalLong number(String text) {
    return text.equals("unlimited") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private static String nameOf(Resource resource) {
    return switch (resource) {
      case ADDRESS_SPACE -> "Max address space";
      case CORE -> "Max core file size";
      case CPU_TIME -> "Max cpu time";
      case DATA -> "Max data size";
      case FILE_SIZE -> "Max file size";
      case LOCKS -> "Max file locks";
      case LOCKED_MEMORY -> "Max locked memory";
      case MESSAGE_QUEUES -> "Max msgqueue size";
      case NICE -> "Max nice priority";
      case OPEN_FILES -> "Max open files";
      case PROCESSES -> "Max processes";
      case RESIDENT_SET -> "Max resident set";
      case REALTIME_PRIORITY -> "Max realtime priority";
      case REALTIME_TIME -> "Max realtime timeout";
      case PENDING_SIGNALS -> "Max pending signals";
      case STACK -> "Max stack size";
    };
  }

  boolean has(Capability capability) {
    return (capabilities & capability.bit()) != 0;
  }
}
