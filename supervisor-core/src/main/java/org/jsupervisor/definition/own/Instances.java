package org.jsupervisor.definition.own;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Findings;

/** The instances of a template: numbers and ranges of them, or names, with commas between. */
final class Instances {
  /** How many a template may have. */
  static final int INSTANCES_MAX = 1000;

  /** What the name of a template ends with. */
  static final String SUFFIX = "@";

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?");

  /** Begins with a letter, so that a range that is cut off is not a name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]*");

  private final Findings findings;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private boolean named;

  private Instances(Findings findings) {
    this.findings = findings;
  }

  /**
   * One instance.
   *
   * @param name what stands behind the {@code @}
   * @param index its number, if all have numbers; else its position, from 1
   */
  record Instance(String name, int index) {}

  /** What the entries say; empty, and a problem, if that cannot be known. */
  static Optional<List<Instance>> of(List<Entry> entries, Findings findings) {
    int before = findings.count();
    Instances instances = new Instances(findings);
    entries.forEach(instances::add);
    return findings.count() > before ? Optional.empty() : Optional.of(instances.listed());
  }

  private void add(Entry entry) {
    for (String item : entry.value().split(",", -1)) {
      Matcher range = RANGE.matcher(item.strip());
      if (range.matches()) {
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        boolean plain =
            isPlain(range.group(1)) && (range.group(2) == null || isPlain(range.group(2)));
        if (!plain || to < from) {
          refuse(entry, "a range must grow, and numbers must not begin with 0: 1-4");
        }
        for (int n = from; n <= to && numbers.size() <= INSTANCES_MAX; n++) {
          put(entry, Integer.toString(n), n);
        }
      } else if (NAME.matcher(item.strip()).matches()) {
        named = true;
        put(entry, item.strip(), 0);
      } else {
        refuse(entry, "must be numbers, ranges or names with commas between: 1-4 or red, blue");
      }
    }
    if (numbers.size() > INSTANCES_MAX) {
      refuse(entry, "must be at most " + INSTANCES_MAX);
    }
  }

  private static boolean isPlain(String number) {
    return number.equals("0") || !number.startsWith("0");
  }

  private void put(Entry entry, String name, int number) {
    if (numbers.putIfAbsent(name, number) != null) {
      refuse(entry, "must not name an instance twice");
    }
  }

  private void refuse(Entry entry, String rule) {
    findings.problem(entry.spot(), entry.written(), rule);
  }

  private List<Instance> listed() {
    List<Instance> all = new ArrayList<>();
    for (var each : numbers.entrySet()) {
      all.add(new Instance(each.getKey(), named ? all.size() + 1 : each.getValue()));
    }
    return all;
  }
}
