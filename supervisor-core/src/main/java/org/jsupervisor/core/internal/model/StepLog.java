package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;

/** Collects the effects and events of one step. Confined to that step. */
final class StepLog {
  private final List<Effect> effects = new ArrayList<>(4);
  private final List<SupervisorEvent> events = new ArrayList<>(4);

  void effect(Effect effect) {
    effects.add(effect);
  }

  void event(SupervisorEvent event) {
    events.add(event);
  }

  List<Effect> effects() {
    return effects;
  }

  List<SupervisorEvent> events() {
    return events;
  }
}
