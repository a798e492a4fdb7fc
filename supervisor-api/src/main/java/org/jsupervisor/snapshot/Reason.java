package org.jsupervisor.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jsupervisor.process.ChildId;

/**
 * One link of an {@link Explanation}. Immutable.
 *
 * @param child whom the fact is about; {@link ChildId#ROOT} for the tree
 * @param fact what is, or was, one phrase for people that follows the name; at most {@value
 *     #FACT_LENGTH_MAX} characters
 * @param since since when it is, or when it was
 * @param next when something follows from it by itself
 * @param remedy what an operator can do about it
 */
public record Reason(ChildId child, String fact, Instant since, Due next, Remedy remedy) {
  /** The longest fact. */
  public static final int FACT_LENGTH_MAX = 400;

  /** Checks the length of the fact. */
  public Reason {
    if (fact.isBlank() || fact.length() > FACT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "fact must have 1 to " + FACT_LENGTH_MAX + " characters, had " + fact.length());
    }
  }

  /** The name and the fact, without any time. */
  public String phrase() {
    return (child.isRoot() ? "the tree" : child.path()) + " " + fact;
  }

  /** One line for people who read it at this moment. */
  public String describe(Instant now) {
    StringBuilder line = new StringBuilder(phrase());
    line.append("; ").append(text(Duration.between(since, now))).append(" ago");
    if (next instanceof Due.At at) {
      line.append("; goes on by itself in ").append(text(Duration.between(now, at.time())));
    }
    if (remedy != Remedy.NOTHING) {
      line.append("; operator: ").append(remedy.name().toLowerCase(Locale.ROOT));
    }
    return line.toString();
  }

  /** The wall clock may have been set: nothing is negative. */
  private static String text(Duration time) {
    long millis = Math.max(0, time.toMillis());
    if (millis < 10_000) {
      return millis / 1_000 + "." + millis % 1_000 / 100 + " s";
    }
    long seconds = millis / 1_000;
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }
}
