package org.jsupervisor.posix.internal.guard;

import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;

/**
 * Marks every process of a run, from its first instruction, as a variable in its environment:
 *
 * <pre>
 *   JSUPERVISOR_RUN=&lt;128 random bits of the platform&gt;.&lt;kind&gt;.&lt;number of the run&gt;.
 * </pre>
 *
 * <p>Descendants inherit it, whatever session they make; only who starts a program with another
 * environment, or writes over its own, gets rid of it. The point at the end keeps run 1 from being
 * found in run 12. Never logged or reported. Immutable.
 */
public final class RunToken {
  /** The name of the variable. */
  public static final String VARIABLE = "JSUPERVISOR_RUN";

  private final String platform;

  private RunToken(String platform) {
    this.platform = platform;
  }

  /** One that nobody has or can guess. */
  public static RunToken random(Libc libc) throws SyscallException {
    return new RunToken(libc.randomBits());
  }

  /** What the variable holds in this run. */
  public String value(RunKind kind, long number) {
    return platform + "." + kind.letter() + "." + number + ".";
  }

  /** How the variable begins in every run of the platform, for whoever searches environments. */
  public String prefix() {
    return VARIABLE + "=" + platform;
  }

  /** Nothing that would help to guess it. */
  @Override
  public String toString() {
    return "RunToken";
  }
}
