package org.jsupervisor.strategy;

import java.util.List;
import org.jsupervisor.process.ChildId;

/**
 * What a strategy is asked.
 *
 * @param failed the child that ended and is to be restarted
 * @param siblings all children of its supervisor in start order, the failed one among them
 */
public record RestartRequest(ChildId failed, List<ChildId> siblings) {
  public RestartRequest {
    siblings = List.copyOf(siblings);
  }
}
