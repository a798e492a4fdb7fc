package org.jsupervisor.jmx;

import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What the platform of a tree can do on this host, and whether it keeps its promises. */
@Description("The platform of a supervisor: what this host can do, and a test of it")
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public interface PlatformMXBean {
  /** The bean of the tree. */
  @Description("Bean of the supervisor")
  ObjectName getSupervisor();

  /** What it can do. */
  @Description(
      "What the platform can do on this host: name, level (FULL, LIMITED, NONE), by what or what is"
          + " missing; looks for tools on the disk")
  CapabilityReport[] getCapabilities();

  /** When {@link #selfTest} was last called here and has ended; null if never. */
  @Description("When the last self-test that was asked for here has ended; null if there was none")
  @Units("ms since 1970-01-01T00:00Z")
  @Nullable Long getSelfTestTime();

  /** Whether nothing has failed in it; null if there was none. */
  @Description("Whether nothing has failed in that self-test; null if there was none")
  @Nullable Boolean getSelfTestPassed();

  /** A line for each of its checks. */
  @Description("A line for each check of that self-test; empty if there was none")
  String[] getSelfTestReport();

  /**
   * Tries on this host what the platform promises of children, with some of its own that do not
   * show in the tree and are gone when it returns. One at a time. Takes a fraction of a second,
   * half a minute at most if the host does not answer.
   *
   * @return a line for each check: {@code PASSED}, {@code WARNED} or {@code FAILED}, what was
   *     tried, and what was seen
   * @throws IllegalStateException if another one is under way
   */
  @Description(
      "Starts processes of its own and tells whether they started clean and could be ended: a line"
          + " for each check; the tree is left alone; half a minute at most")
  @Impact(Impact.Kind.ACTION_INFO)
  @NeededRole(Role.OPERATE)
  String[] selfTest();
}
