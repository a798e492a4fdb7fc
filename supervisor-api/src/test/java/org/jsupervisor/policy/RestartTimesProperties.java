package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The newest times, in order, whatever came before; and every older list stays as it was. */
class RestartTimesProperties {
  @Property(tries = 200)
  void holdsTheNewest_inOrder(@ForAll @Size(max = 600) List<Long> times) {
    RestartTimes all = RestartTimes.NONE;
    List<RestartTimes> before = new ArrayList<>();
    for (long time : times) {
      before.add(all);
      all = all.plus(time);
    }
    before.add(all);
    for (int n = 0; n < before.size(); n += 37) {
      assertHolds(before.get(n), times.subList(0, n));
    }
    assertHolds(all, times);
  }

  private static void assertHolds(RestartTimes held, List<Long> times) {
    int kept = Math.min(times.size(), RestartHistory.RESTARTS_MAX);
    assertThat(held.count()).isEqualTo(kept);
    List<Long> newest = times.subList(times.size() - kept, times.size());
    for (int i = 0; i < kept; i++) {
      assertThat(held.at(i)).isEqualTo(newest.get(i));
    }
  }

  @Property(tries = 100)
  void equalByContent_howeverTheyCameAbout(@ForAll @Size(max = 300) List<Long> times) {
    RestartTimes plain = RestartTimes.NONE;
    RestartTimes longer = RestartTimes.NONE;
    for (int i = 0; i < 300; i++) {
      longer = longer.plus(i);
    }
    for (long time : times) {
      plain = plain.plus(time);
      longer = longer.plus(time);
    }
    boolean isFull = plain.count() == RestartHistory.RESTARTS_MAX;
    assertThat(plain.equals(longer)).isEqualTo(isFull);
    assertThat(plain.hashCode() == longer.hashCode()).isEqualTo(isFull);
  }

  @Example
  void outside_isRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> RestartTimes.NONE.at(0));
    RestartTimes one = RestartTimes.NONE.plus(7);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> one.at(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> one.at(1));
  }
}
