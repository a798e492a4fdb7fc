package org.jsupervisor.jmx.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsupervisor.jmx.ScanMXBean;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.rescan.ChangePlan;

/** A plan as lines for consoles: bounded, and each one line whatever files are called. */
final class PlanLines {
  // A path may contain anything: a line break in one must not look like a line of ours.
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private PlanLines() {}

  static String[] of(ChangePlan plan) {
    List<Change> changes =
        plan.changes().stream().filter(c -> c.action() != Change.Action.KEEP).toList();
    List<String> lines = new ArrayList<>();
    add(lines, changes, ScanMXBean.CHANGES_MAX, "changes");
    add(lines, plan.problems(), ScanMXBean.PROBLEMS_MAX, "problems");
    int kept = plan.changes().size() - changes.size();
    lines.add(
        (changes.isEmpty() ? "nothing would be changed; " : "")
            + kept
            + " services stay as they are");
    return lines.toArray(String[]::new);
  }

  private static void add(List<String> lines, List<?> all, int max, String what) {
    all.stream().limit(max).forEach(each -> lines.add(plain(each)));
    if (all.size() > max) {
      lines.add("and " + (all.size() - max) + " more " + what);
    }
  }

  /** On one line. */
  static String plain(Object text) {
    return UNPRINTABLE.matcher(String.valueOf(text)).replaceAll("?");
  }
}
