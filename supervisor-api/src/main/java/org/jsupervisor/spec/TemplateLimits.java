package org.jsupervisor.spec;

import java.util.List;
import org.jsupervisor.strategy.OneForOne;
import org.jsupervisor.strategy.RestartStrategy;

/** What a supervisor with a template must not have. */
final class TemplateLimits {
  private TemplateLimits() {}

  static void check(
      RestartStrategy strategy,
      AutoShutdown autoShutdown,
      List<ChildSpec> children,
      Problems problems) {
    if (!(strategy instanceof OneForOne)) {
      problems.add("strategy", strategy.toString(), "must be one-for-one with a template");
    }
    if (autoShutdown != AutoShutdown.NEVER) {
      problems.add("auto-shutdown", autoShutdown.toString(), "must be NEVER with a template");
    }
    for (ChildSpec each : children) {
      problems.add(
          "children",
          each.id().toString(),
          "must not be in the spec of a supervisor with a template: it begins without children");
    }
  }
}
