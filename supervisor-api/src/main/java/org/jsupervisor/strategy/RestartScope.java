package org.jsupervisor.strategy;

import java.util.List;
import org.jsupervisor.process.ChildId;

/**
 * A strategy's answer.
 *
 * @param children those that are restarted, the failed one among them
 */
public record RestartScope(List<ChildId> children) {
  public RestartScope {
    children = List.copyOf(children);
  }
}
