package org.jsupervisor.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsupervisor.process.Incarnation;

/** The runs whose input is held open by the platform no longer. */
final class EndedInputs {
  private final Set<Incarnation> ended = new LinkedHashSet<>();

  /** Returns whether it was open. */
  boolean end(Incarnation run) {
    return ended.add(run);
  }

  List<Incarnation> runs() {
    return List.copyOf(ended);
  }

  /** It has ended itself. */
  void forget(Incarnation run) {
    ended.remove(run);
  }
}
