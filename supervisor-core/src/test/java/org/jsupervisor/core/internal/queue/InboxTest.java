package org.jsupervisor.core.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounded, refusing, in the order of each writer. */
class InboxTest {
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 4", "4096, 4096"})
  void fullInbox_refuses_untilThereIsRoom(int capacity, int room) {
    Inbox<Integer> inbox = new Inbox<>(capacity);
    assertThat(inbox.isEmpty()).isTrue();
    for (int i = 0; i < room; i++) {
      assertThat(inbox.offer(i)).isTrue();
    }
    assertThat(inbox.offer(-1)).isFalse();
    assertThat(inbox.poll()).isZero();
    assertThat(inbox.offer(room)).isTrue();
    for (int i = 1; i <= room; i++) {
      assertThat(inbox.poll()).isEqualTo(i);
    }
    assertThat(inbox.poll()).isNull();
    assertThat(inbox.isEmpty()).isTrue();
  }

  @Test
  void manyWriters_oneReader_nothingIsLostOrTurnedAround() throws InterruptedException {
    Inbox<int[]> inbox = new Inbox<>(64);
    int writers = 4;
    int each = 20_000;
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      threads.add(
          new Thread(
              () -> {
                await(begin);
                for (int i = 0; i < each; i++) {
                  int[] entry = {writer, i};
                  while (!inbox.offer(entry)) {
                    Thread.onSpinWait();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    begin.countDown();
    int[] next = new int[writers];
    for (int taken = 0; taken < writers * each; ) {
      int[] entry = inbox.poll();
      if (entry != null) {
        assertThat(entry[1]).isEqualTo(next[entry[0]]++);
        taken++;
      }
    }
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    assertThat(inbox.isEmpty()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
