package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ChildId;

/**
 * What is counted of all children of a tree, so that no step has to look at all of them. Immutable.
 *
 * @param awaited how many are wanted up and neither ready nor finished
 * @param starting how many processes and tasks are launched, or being so, and not ready yet
 * @param choosy how many at the gate have dependencies, and so wait for more than a place
 * @param atGate who waits for dependencies or for a place to start, in the order in which they came
 */
record Crowd(int awaited, int starting, int choosy, List<ChildId> atGate) {
  static final Crowd NONE = new Crowd(0, 0, 0, List.of());

  /** After a child has changed, come or gone; null stands for a child that is not there. */
  Crowd after(@Nullable ChildModel before, @Nullable ChildModel now) {
    int awaitedNow =
        awaited + one(now != null && now.isAwaited()) - one(before != null && before.isAwaited());
    int startingNow =
        starting
            + one(now != null && now.isStarting())
            - one(before != null && before.isStarting());
    int choosyNow =
        choosy + one(now != null && isChoosy(now)) - one(before != null && isChoosy(before));
    List<ChildId> gate = gate(before, now);
    return new Crowd(awaitedNow, startingNow, choosyNow, gate);
  }

  private static boolean isChoosy(ChildModel child) {
    return child.isAtGate() && !child.spec.dependencies().isEmpty();
  }

  private List<ChildId> gate(@Nullable ChildModel before, @Nullable ChildModel now) {
    if (now != null && now.isAtGate()) {
      return before != null && before.isAtGate() ? atGate : with(now.id);
    }
    return before != null && before.isAtGate() ? without(before.id) : atGate;
  }

  /** One copy, and no more: all may wait at once. */
  private List<ChildId> with(ChildId added) {
    List<ChildId> longer = new ArrayList<>(atGate.size() + 1);
    longer.addAll(atGate);
    longer.add(added);
    return Collections.unmodifiableList(longer);
  }

  /** Whoever came first mostly leaves first, so it is found at once. */
  private List<ChildId> without(ChildId left) {
    int place = atGate.indexOf(left);
    List<ChildId> shorter = new ArrayList<>(atGate.size());
    shorter.addAll(atGate.subList(0, place));
    shorter.addAll(atGate.subList(place + 1, atGate.size()));
    return Collections.unmodifiableList(shorter);
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }
}
