package org.jsupervisor.core.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;

/** A reader gets the events in order, and knows exactly how many it has not got. */
class EventRingProperties {
  private static PublishedEvent event(long sequence) {
    return new PublishedEvent(
        sequence, Instant.EPOCH, new SupervisorEvent.Defined(ChildId.of("c" + sequence)));
  }

  /** Each number: publish so many, if positive; read so many, if negative. */
  @Property
  void slowReader_losesExactlyTheOldest(
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @Size(max = 60) List<@IntRange(min = -15, max = 40) Integer> moves) {
    EventRing ring = new EventRing(capacity);
    int size = Math.max(2, Integer.highestOneBit(capacity * 2 - 1));
    EventRing.Cursor cursor = ring.cursor();
    long newest = 0;
    long next = 1;
    long lost = 0;
    for (int move : moves) {
      for (int i = 0; i < move; i++) {
        ring.publish(event(++newest));
      }
      for (int i = 0; i > move; i--) {
        long oldest = Math.max(1, newest - size + 1);
        if (next < oldest && next <= newest) {
          lost += oldest - next;
          next = oldest;
        }
        PublishedEvent polled = cursor.poll(ring.newest());
        if (next > newest) {
          assertThat(polled).isNull();
        } else {
          assertThat(polled).isEqualTo(event(next++));
        }
        assertThat(cursor.takeMissed()).isEqualTo(lost);
        lost = 0;
      }
    }
    assertThat(ring.newest()).isEqualTo(newest);
  }

  @Example
  void newReader_beginsWithWhatComesNext() {
    EventRing ring = new EventRing(4);
    ring.publish(event(1));
    EventRing.Cursor cursor = ring.cursor();
    assertThat(cursor.poll(ring.newest())).isNull();
    ring.publish(event(2));
    assertThat(cursor.poll(ring.newest())).isEqualTo(event(2));
    assertThat(cursor.takeMissed()).isZero();
  }

  @Example
  void readerThatIsLappedAgainAndAgain_byAnotherThread_accountsForEveryEvent()
      throws InterruptedException {
    EventRing ring = new EventRing(8);
    EventRing.Cursor cursor = ring.cursor();
    long total = 200_000;
    Thread writer =
        new Thread(
            () -> {
              for (long sequence = 1; sequence <= total; sequence++) {
                ring.publish(event(sequence));
              }
            });
    writer.start();
    List<Long> outOfOrder = new ArrayList<>();
    AtomicLong wrongLoss = new AtomicLong();
    long expected = 1;
    while (expected <= total) {
      PublishedEvent polled = cursor.poll(ring.newest());
      long missed = cursor.takeMissed();
      expected += missed;
      if (polled != null) {
        if (polled.sequence() != expected) {
          outOfOrder.add(polled.sequence());
          wrongLoss.incrementAndGet();
        }
        expected++;
      }
      assertThat(outOfOrder).isEmpty();
    }
    writer.join(10_000);
    assertThat(expected).isEqualTo(total + 1);
    assertThat(wrongLoss).hasValue(0);
  }
}
