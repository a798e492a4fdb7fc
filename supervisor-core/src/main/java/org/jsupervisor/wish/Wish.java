package org.jsupervisor.wish;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;

/**
 * What somebody has decided on a child, other than its definition says. Immutable.
 *
 * @param child of whom
 * @param desire up or down
 * @param since when it was decided, in whole seconds of the wall clock, from 1970 to 9999; for
 *     people
 * @param reason why, as it was given, in one line of at most {@link #REASON_LENGTH_MAX} characters;
 *     more is cut, and what cannot be printed becomes a question mark
 */
public record Wish(ChildId child, Desire desire, Instant since, String reason) {
  /** The longest reason that is kept. */
  public static final int REASON_LENGTH_MAX = 200;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * Refuses {@link Desire#ONCE}, which is over with its run, and times that have no four digits.
   */
  public Wish {
    if (desire == Desire.ONCE) {
      throw new IllegalArgumentException("wish for '" + child + "': must be UP or DOWN, was ONCE");
    }
    if (since.isBefore(Instant.EPOCH) || since.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "wish for '" + child + "': since must be from 1970 to 9999, was " + since);
    }
    since = since.truncatedTo(ChronoUnit.SECONDS);
    String printable = reason.replaceAll("[^\\x20-\\x7e]", "?").strip();
    reason = printable.substring(0, Math.min(printable.length(), REASON_LENGTH_MAX)).strip();
  }
}
