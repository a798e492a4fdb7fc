package org.jsupervisor.process;

import java.util.List;

/**
 * What a platform has found out about itself by trying. Immutable.
 *
 * @param checks in the order in which they were made; empty if the platform has nothing to try
 */
public record SelfTestReport(List<Check> checks) {
  /** Copies the list. */
  public SelfTestReport {
    checks = List.copyOf(checks);
  }

  /** Nothing was tried. */
  public static SelfTestReport nothingToTest() {
    return new SelfTestReport(List.of());
  }

  /** Whether nothing has failed. */
  public boolean passed() {
    return checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILED);
  }

  /** How a check ended. */
  public enum Outcome {
    /** As it must be. */
    PASSED,
    /** What is promised is kept, but the host should be run differently; no failure. */
    WARNED,
    /** Something that is promised is not so here. */
    FAILED
  }

  /**
   * One thing that was tried.
   *
   * @param name what, for example {@code descriptors}
   * @param outcome whether it was as it must be
   * @param seen what was seen, one line for people
   */
  public record Check(String name, Outcome outcome, String seen) {
    /** For example {@code PASSED descriptors: 0 1 2}. */
    @Override
    public String toString() {
      return outcome + " " + name + ": " + seen;
    }
  }
}
