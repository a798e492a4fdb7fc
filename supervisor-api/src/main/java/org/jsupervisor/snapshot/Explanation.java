package org.jsupervisor.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jsupervisor.process.ChildId;

/**
 * Why a child is as it is: a chain of reasons, each because of the next. The first is about the
 * child itself, the last is the root cause. Immutable; all reasons belong to the same moment.
 *
 * @param child who is explained; {@link ChildId#ROOT} for the tree
 * @param chain the reasons; 1 to {@value #CHAIN_MAX}
 */
public record Explanation(ChildId child, List<Reason> chain) {
  /** The longest chain; of a longer one, reasons before the last are left out. */
  public static final int CHAIN_MAX = 16;

  /** Checks the length of the chain, and whom it is about. */
  public Explanation {
    chain = List.copyOf(chain);
    if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
      throw new IllegalArgumentException(
          "a chain must have 1 to " + CHAIN_MAX + " reasons, had " + chain.size());
    }
    if (!chain.get(0).child().equals(child)) {
      throw new IllegalArgumentException(
          "the chain of '"
              + child
              + "' must begin with it, began with '"
              + chain.get(0).child()
              + "'");
    }
  }

  /** The root cause. */
  public Reason cause() {
    return chain.get(chain.size() - 1);
  }

  /** A line for each reason, for people who read it at this moment. */
  public List<String> lines(Instant now) {
    return chain.stream().map(reason -> reason.describe(now)).toList();
  }

  /** All of it in one line, without any time. */
  public String describe() {
    return chain.stream().map(Reason::phrase).collect(Collectors.joining(" <- "));
  }
}
