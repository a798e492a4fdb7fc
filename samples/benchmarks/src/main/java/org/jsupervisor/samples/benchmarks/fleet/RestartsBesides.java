package org.jsupervisor.samples.benchmarks.fleet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The time from the kill of a child to its restart, beside a thread that does something now and
 * then. Whatever is compared takes turns of two seconds within one run, in an order that is new in
 * each round, so that what the machine does otherwise is the same for all of them.
 */
final class RestartsBesides {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int KILLS_OF_A_TURN = 100;

  /** Between two kills; with the restart itself a turn takes more than two seconds. */
  private static final int PAUSE_MILLIS = 20;

  private final TreeFleet fleet;
  private final int children;
  private final Map<Beside, Runnable> doings = new EnumMap<>(Beside.class);
  private final Map<Beside, List<long[]>> turns = new EnumMap<>(Beside.class);
  private final Map<Beside, Long> blocked = new EnumMap<>(Beside.class);
  private final Random random = new Random(1);
  private volatile Optional<Throwable> failure = Optional.empty();

  /** What the other thread does. */
  private enum Beside {
    NOTHING,
    LOOK_EACH_SECOND,
    /** Needs as much of a processor as a look, and reads nothing. */
    WORK_EACH_SECOND,
    LOOK_WITHOUT_A_PAUSE,
    WORK_WITHOUT_A_PAUSE;

    boolean pauses() {
      return this == LOOK_EACH_SECOND || this == WORK_EACH_SECOND;
    }
  }

  RestartsBesides(TreeFleet fleet, int children, Runnable look, Runnable work) {
    this.fleet = fleet;
    this.children = children;
    doings.put(Beside.LOOK_EACH_SECOND, look);
    doings.put(Beside.LOOK_WITHOUT_A_PAUSE, look);
    doings.put(Beside.WORK_EACH_SECOND, work);
    doings.put(Beside.WORK_WITHOUT_A_PAUSE, work);
    for (Beside beside : Beside.values()) {
      turns.put(beside, new ArrayList<>());
      blocked.put(beside, 0L);
    }
  }

  /** About so many kills beside each. */
  RestartsBesides run(int kills) throws InterruptedException {
    List<Beside> order = new ArrayList<>(List.of(Beside.values()));
    for (int round = 0; round * KILLS_OF_A_TURN < kills; round++) {
      Collections.shuffle(order, random);
      for (Beside beside : order) {
        turn(beside);
      }
    }
    return this;
  }

  private void turn(Beside beside) throws InterruptedException {
    long before = engineBlocked();
    int phase = random.nextInt(1000);
    Thread other = new Thread(() -> repeat(beside, phase), "beside");
    other.setUncaughtExceptionHandler((thread, e) -> failure = Optional.of(e));
    other.start();
    long[] nanos = new long[KILLS_OF_A_TURN];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = kill(random.nextInt(children));
    }
    other.interrupt();
    other.join();
    if (failure.isPresent()) {
      throw new IllegalStateException("beside " + beside, failure.get());
    }
    turns.get(beside).add(nanos);
    blocked.merge(beside, engineBlocked() - before, Long::sum);
  }

  private void repeat(Beside beside, int firstAfterMillis) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (beside == Beside.NOTHING) {
          TimeUnit.DAYS.sleep(1);
        } else if (beside.pauses()) {
          TimeUnit.MILLISECONDS.sleep(firstAfterMillis);
          doings.get(beside).run();
          TimeUnit.MILLISECONDS.sleep(1000 - firstAfterMillis);
        } else {
          doings.get(beside).run();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private long kill(int child) throws InterruptedException {
    ProcessHandle victim = ProcessHandle.of(fleet.pid(child)).orElseThrow();
    long begin = System.nanoTime();
    victim.destroyForcibly();
    long unused = fleet.awaitDeath(child);
    long restarted = fleet.awaitRestart(child) - begin;
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    return restarted;
  }

  /** How often the engine's thread had to wait for a lock that another held. */
  private static long engineBlocked() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().endsWith("-engine"))
        .mapToLong(ThreadInfo::getBlockedCount)
        .sum();
  }

  void print() {
    turns.forEach(
        (beside, times) -> {
          long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
          System.out.printf(
              "kill to restart beside %-20s: mean %.3f p50 %.3f p99 %.2f ms; ratio of means %s, of"
                  + " medians %s; engine blocked %d times%n",
              beside,
              Arrays.stream(sorted).average().orElseThrow() / NANOS_PER_MILLI,
              sorted[sorted.length / 2] / NANOS_PER_MILLI,
              sorted[sorted.length * 99 / 100] / NANOS_PER_MILLI,
              Ratio.ofMeans(times, turns.get(Beside.NOTHING)),
              Ratio.ofMedians(times, turns.get(Beside.NOTHING)),
              blocked.get(beside));
        });
  }
}
