package org.jsupervisor.core.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.Subscription;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.junit.jupiter.api.Test;

/** What listeners and callers are told, in which order, and that none of them can hurt. */
class NotifierTest {
  private final Notifier notifier = new Notifier(4, () -> Instant.EPOCH);
  private final List<String> heard = new ArrayList<>();

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      notifier.publish(List.of(new SupervisorEvent.Removed(ChildId.of("c"))));
    }
  }

  private SupervisorListener recorder(String name) {
    return new SupervisorListener() {
      @Override
      public void onEvent(PublishedEvent event) {
        heard.add(name + event.sequence());
      }

      @Override
      public void onLoss(long events) {
        heard.add(name + "-" + events);
      }
    };
  }

  @Test
  void events_areNumberedFromOne_andHeardFromNowOn() {
    publish(1);
    notifier.subscribe(recorder("a"));
    publish(2);
    assertThat(notifier.deliver()).isEqualTo(2);
    assertThat(heard).containsExactly("a2", "a3");
    assertThat(notifier.deliver()).isZero();
  }

  @Test
  void outcome_comesAfterTheEventsBeforeIt_andInOrder() {
    notifier.subscribe(recorder("a"));
    publish(1);
    notifier.complete(() -> heard.add("first"));
    publish(1);
    notifier.complete(() -> heard.add("second"));
    notifier.deliver();
    assertThat(heard).containsSubsequence("a1", "first", "second");
    assertThat(heard).containsSubsequence("a1", "a2", "second");
  }

  @Test
  void loss_isCountedAndTold_justBeforeTheNextEvent() {
    Subscription slow = notifier.subscribe(recorder("a"));
    publish(10);
    notifier.deliver();
    assertThat(heard).containsExactly("a-6", "a7", "a8", "a9", "a10");
    assertThat(slow.lost()).isEqualTo(6);
  }

  @Test
  void loss_ofOneListener_isNotThatOfAnother() {
    Subscription early = notifier.subscribe(recorder("a"));
    publish(5);
    Subscription late = notifier.subscribe(recorder("b"));
    publish(1);
    notifier.deliver();
    assertThat(early.lost()).isEqualTo(2);
    assertThat(late.lost()).isZero();
  }

  @Test
  void listenerThatThrows_staysSubscribed_andIsCounted() {
    notifier.subscribe(
        event -> {
          throw new AssertionError("bug " + event.sequence());
        });
    notifier.subscribe(recorder("b"));
    publish(2);
    notifier.deliver();
    assertThat(heard).containsExactly("b1", "b2");
    assertThat(notifier.listenerFailures()).isEqualTo(2);
  }

  @Test
  void outcomeThatThrows_doesNotStopTheOthers() {
    notifier.complete(
        () -> {
          throw new IllegalStateException("bug");
        });
    notifier.complete(() -> heard.add("done"));
    assertThat(notifier.deliver()).isEqualTo(2);
    assertThat(heard).containsExactly("done");
  }

  @Test
  void closeInsideACall_isTheLastCall() {
    AtomicReference<Subscription> place = new AtomicReference<>();
    place.set(
        notifier.subscribe(
            event -> {
              heard.add("a" + event.sequence());
              place.get().close();
            }));
    publish(3);
    notifier.deliver();
    publish(1);
    notifier.deliver();
    place.get().close();
    assertThat(heard).containsExactly("a1");
  }

  @Test
  void closeInsideOnLoss_isTheLastCall() {
    AtomicReference<Subscription> place = new AtomicReference<>();
    place.set(
        notifier.subscribe(
            new SupervisorListener() {
              @Override
              public void onEvent(PublishedEvent event) {
                heard.add("a" + event.sequence());
              }

              @Override
              public void onLoss(long events) {
                place.get().close();
              }
            }));
    publish(9);
    notifier.deliver();
    assertThat(heard).isEmpty();
  }

  @Test
  void subscribeInsideACall_hearsWhatComesAfter() {
    List<Subscription> inner = new ArrayList<>();
    notifier.subscribe(
        event -> {
          if (inner.isEmpty()) {
            inner.add(notifier.subscribe(recorder("inner")));
          }
        });
    publish(2);
    notifier.deliver();
    publish(1);
    notifier.deliver();
    assertThat(heard).containsExactly("inner3");
  }

  @Test
  void deliverInsideACall_losesNothingAndRepeatsNothing() {
    notifier.subscribe(
        event -> {
          heard.add("a" + event.sequence());
          notifier.deliver();
        });
    publish(3);
    notifier.complete(() -> heard.add("done"));
    notifier.deliver();
    assertThat(heard).containsExactlyInAnyOrder("a1", "a2", "a3", "done");
  }

  @Test
  void run_deliversWhatIsLeft_afterTheFinish() throws InterruptedException {
    CountDownLatch delivered = new CountDownLatch(2);
    notifier.subscribe(event -> delivered.countDown());
    Thread thread = new Thread(notifier::run);
    thread.start();
    publish(1);
    notifier.wake();
    publish(1);
    notifier.complete(() -> heard.add("last"));
    notifier.finish();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(delivered.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).containsExactly("last");
    assertThat(notifier.isDeliverer()).isFalse();
  }
}
