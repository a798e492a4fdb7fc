package org.jsupervisor.core.internal.model;

import java.util.OptionalLong;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.Remedy;

/**
 * A reason as the model knows it: with readings of the ticker.
 *
 * @param child whom the fact is about
 * @param fact what is, or was
 * @param sinceNanos since when, or when
 * @param dueNanos when something follows by itself
 * @param remedy what an operator can do
 */
public record Link(
    ChildId child, String fact, long sinceNanos, OptionalLong dueNanos, Remedy remedy) {
  /** Texts of policies and platforms may be of any length. */
  public Link {
    if (fact.length() > Reason.FACT_LENGTH_MAX) {
      fact = fact.substring(0, Reason.FACT_LENGTH_MAX - 3) + "...";
    }
  }

  /** Something that has happened, and about which nothing can be done any more. */
  static Link past(ChildId child, String fact, long whenNanos) {
    return new Link(child, fact, whenNanos, OptionalLong.empty(), Remedy.NOTHING);
  }
}
