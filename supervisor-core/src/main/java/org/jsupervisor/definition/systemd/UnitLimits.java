package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;

/** The directives {@code LimitX}. */
final class UnitLimits {
  private static final Map<String, Resource> RESOURCES = resources();
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([KMGTPE]?)");
  private static final String UNITS = "KMGTPE";
  private static final int NICE_BASE = 20;

  private UnitLimits() {}

  private static Map<String, Resource> resources() {
    Map<String, Resource> resources = new LinkedHashMap<>();
    for (Resource each : Resource.values()) {
      resources.put("Limit" + each.key().toUpperCase(Locale.ROOT), each);
    }
    return resources;
  }

  /** Adds a step for each limit. */
  static void read(Unit unit, ProcessSpec.Builder builder) {
    RESOURCES.forEach(
        (key, resource) ->
            unit.value(key, text -> limit(resource, text)).ifPresent(builder::addStep));
  }

  private static ResourceStep.Limit limit(Resource resource, String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      Bound both = bound(resource, text);
      return new ResourceStep.Limit(resource, both, both);
    }
    return new ResourceStep.Limit(
        resource,
        bound(resource, text.substring(0, colon)),
        bound(resource, text.substring(colon + 1)));
  }

  private static Bound bound(Resource resource, String text) {
    if (text.equals("infinity")) {
      return Bound.UNLIMITED;
    }
    return switch (resource) {
      case CPU_TIME -> {
        Duration time = UnitTime.parse(text);
        yield Bound.at(time.getSeconds() + (time.getNano() > 0 ? 1 : 0));
      }
      case REALTIME_TIME ->
          Bound.at(
              text.matches("[0-9]{1,15}")
                  ? Long.parseLong(text)
                  : UnitTime.parse(text).toNanos() / 1000);
      case NICE -> nice(text);
      case ADDRESS_SPACE,
          CORE,
          DATA,
          FILE_SIZE,
          LOCKS,
          LOCKED_MEMORY,
          MESSAGE_QUEUES,
          OPEN_FILES,
          PROCESSES,
          RESIDENT_SET,
          REALTIME_PRIORITY,
          PENDING_SIGNALS,
          STACK ->
          size(text);
    };
  }

  private static Bound nice(String text) {
    if (text.matches("[+-][0-9]{1,2}")) {
      return Bound.at(NICE_BASE - Integer.parseInt(text));
    }
    return size(text);
  }

  private static Bound size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "limit: must be a number, with K, M, G, T, P or E behind it, or infinity, or two of these"
              + " with : between");
    }
    long number = Long.parseLong(size.group(1));
    int shift = size.group(2).isEmpty() ? 0 : 10 * (1 + UNITS.indexOf(size.group(2)));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("limit: must be less than 8E");
    }
    return Bound.at(number << shift);
  }
}
