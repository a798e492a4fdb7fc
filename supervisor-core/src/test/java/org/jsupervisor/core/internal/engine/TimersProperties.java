package org.jsupervisor.core.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.process.ChildId;

/** Deadlines come in order, one for each child, on a clock that may wrap. */
class TimersProperties {
  private final Timers timers = new Timers();

  private static ChildId child(int number) {
    return ChildId.of("c" + number);
  }

  private List<String> due(long now) {
    List<String> due = new ArrayList<>();
    for (Input.Deadline next = timers.due(now); next != null; next = timers.due(now)) {
      due.add(next.child() + "@" + next.deadlineNanos());
    }
    return due;
  }

  /** Arms (or, for multiples of three, disarms) one child after the other. */
  @Property
  void anyOrderOfArming_comesDueSoonestFirst_tiesInTheOrderOfArming(
      @ForAll long origin,
      @ForAll @Size(max = 50) List<@LongRange(min = 1, max = 30) Long> times,
      @ForAll @IntRange(min = 1, max = 8) int children,
      @ForAll @LongRange(min = 0, max = 31) long later) {
    Timers any = new Timers();
    Map<ChildId, Long> reference = new LinkedHashMap<>();
    for (int i = 0; i < times.size(); i++) {
      ChildId child = child(i % children);
      reference.remove(child);
      if (times.get(i) % 3 == 0) {
        any.disarm(child);
      } else {
        any.arm(child, origin + times.get(i));
        reference.put(child, times.get(i));
      }
    }
    List<ChildId> expected =
        reference.entrySet().stream()
            .filter(timer -> timer.getValue() <= later)
            .sorted(Comparator.comparingLong(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .toList();
    long soonest = reference.values().stream().mapToLong(t -> t).min().orElse(1_000);
    assertThat(any.waitNanos(origin, 1_000)).isEqualTo(soonest);
    assertThat(any.waitNanos(origin + later, 1_000))
        .isEqualTo(reference.isEmpty() ? 1_000 : Math.max(0, soonest - later));
    List<ChildId> due = new ArrayList<>();
    for (Input.Deadline next = any.due(origin + later);
        next != null;
        next = any.due(origin + later)) {
      due.add(next.child());
    }
    assertThat(due).isEqualTo(expected);
  }

  @Example
  void armedAgain_isReplaced() {
    timers.arm(child(1), 5);
    timers.arm(child(1), 9);
    assertThat(due(8)).isEmpty();
    assertThat(due(9)).containsExactly("c1@9");
    assertThat(due(Long.MAX_VALUE)).isEmpty();
  }

  @Example
  void clockThatWraps_keepsTheOrder() {
    long now = Long.MAX_VALUE - 5;
    timers.arm(child(1), now + 10);
    timers.arm(child(2), now + 3);
    assertThat(timers.waitNanos(now, Long.MAX_VALUE)).isEqualTo(3);
    assertThat(due(now + 3)).containsExactly("c2@" + (now + 3));
    assertThat(timers.waitNanos(now + 3, Long.MAX_VALUE)).isEqualTo(7);
    assertThat(due(now + 10)).containsExactly("c1@" + (now + 10));
  }

  @Example
  void nothingArmed_waitsAsLongAsAsked() {
    timers.disarm(child(1));
    assertThat(timers.waitNanos(0, 42)).isEqualTo(42);
    assertThat(timers.waitNanos(0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }
}
