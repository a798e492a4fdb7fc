package org.jsupervisor.posix.internal.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaunchQueueTest {
  private static final LaunchQueue.Order ORDER = new LaunchQueue.Order.Guard();

  @Test
  void fullQueue_refuses_untilOneIsTaken() throws Exception {
    LaunchQueue queue = new LaunchQueue(2);

    assertThat(queue.offer(ORDER)).isTrue();
    assertThat(queue.offer(ORDER)).isTrue();
    assertThat(queue.offer(ORDER)).isFalse();
    assertThat(queue.take()).isSameAs(ORDER);
    assertThat(queue.offer(ORDER)).isTrue();
    assertThat(queue.drain()).hasSize(2);
    assertThat(queue.drain()).isEmpty();
  }

  @Test
  void orders_areTakenInTheirOrder_byWhoeverSleepsOrNot() throws Exception {
    // After each batch the taker has nothing left and falls asleep, or is about to.
    int batch = 3;
    int count = 10_000 * batch;
    Semaphore done = new Semaphore(0);
    LaunchQueue queue = new LaunchQueue(count);
    List<LaunchQueue.Order> offered = new ArrayList<>();
    CompletableFuture<List<LaunchQueue.Order>> taken =
        CompletableFuture.supplyAsync(() -> take(queue, count, done));
    for (int n = 0; n < count; n++) {
      LaunchQueue.Order order = new LaunchQueue.Order.Guard();
      offered.add(order);
      assertThat(queue.offer(order)).isTrue();
      if (n % batch == batch - 1) {
        assertThat(done.tryAcquire(batch, 60, TimeUnit.SECONDS)).isTrue();
      }
    }

    List<LaunchQueue.Order> seen = taken.get(60, TimeUnit.SECONDS);
    assertThat(seen).hasSize(count);
    for (int n = 0; n < count; n++) {
      assertThat(seen.get(n)).isSameAs(offered.get(n));
    }
  }

  @Test
  void interruptedTaker_isToldSo_alsoIfItSleeps() throws Exception {
    LaunchQueue queue = new LaunchQueue(1);
    CompletableFuture<Thread> taker = new CompletableFuture<>();
    CompletableFuture<Integer> taken =
        CompletableFuture.supplyAsync(
            () -> {
              taker.complete(Thread.currentThread());
              return take(queue, 1, new Semaphore(0)).size();
            });
    taker.get(60, TimeUnit.SECONDS).interrupt();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> taken.get(60, TimeUnit.SECONDS))
        .withRootCauseInstanceOf(InterruptedException.class);
  }

  private static List<LaunchQueue.Order> take(LaunchQueue queue, int count, Semaphore done) {
    List<LaunchQueue.Order> taken = new ArrayList<>();
    try {
      while (taken.size() < count) {
        taken.add(queue.take());
        done.release();
      }
      return taken;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
