package org.jsupervisor.posix.internal.guard;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

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

  private static final int RANDOM_BYTES = 16;

  private final String platform;

  private RunToken(String platform) {
    this.platform = platform;
  }

  /**
   * One that nobody has or can guess.
   *
   * @throws IllegalStateException if the kernel gives no random bits
   */
  public static RunToken random() {
    // Not SecureRandom: loading it takes longer than everything else at the first launch.
    try (InputStream source = new FileInputStream("/dev/urandom")) {
      return new RunToken(HexFormat.of().formatHex(source.readNBytes(RANDOM_BYTES)));
    } catch (IOException e) {
      throw new IllegalStateException("no random bits: " + e.getMessage(), e);
    }
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
