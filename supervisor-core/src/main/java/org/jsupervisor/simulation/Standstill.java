package org.jsupervisor.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.process.Incarnation;

/** What processes that were sent STOP will do when they are sent CONT. */
final class Standstill {
  private final Map<Incarnation, List<Runnable>> waiting = new HashMap<>();

  void stop(Incarnation run) {
    waiting.putIfAbsent(run, new ArrayList<>());
  }

  /** At once, if it does not stand still. */
  void whenItGoesOn(Incarnation run, Runnable action) {
    List<Runnable> later = waiting.get(run);
    if (later == null) {
      action.run();
    } else {
      later.add(action);
    }
  }

  void goOn(Incarnation run) {
    List<Runnable> now = waiting.remove(run);
    if (now != null) {
      now.forEach(Runnable::run);
    }
  }

  /** It has ended. */
  void forget(Incarnation run) {
    waiting.remove(run);
  }
}
