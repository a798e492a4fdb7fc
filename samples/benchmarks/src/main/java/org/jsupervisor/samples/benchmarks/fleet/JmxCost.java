package org.jsupervisor.samples.benchmarks.fleet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jsupervisor.Supervisor;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;

/**
 * What it costs to read all attributes of all services, their views included, as an exporter does;
 * and what that does to the time from the kill of a child to its restart: without a reader, with
 * one look a second, and with one that never stops, in turns within one run.
 *
 * <p>Arguments: how many children, how many looks, how many kills of each kind. Needs Linux.
 */
public final class JmxCost {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int TURNS = 10;

  /** Between two kills, so that a turn is longer than a second. */
  private static final int PAUSE_MILLIS = 50;

  private static final int BEANS_OF_A_SERVICE = 3;
  private static final int WARM_UP = 30;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<ObjectName> beans;
  private final List<String[]> attributes = new ArrayList<>();

  private JmxCost(Registration registration, MBeanServer from) throws JMException {
    beans =
        registration.names().stream()
            .filter(name -> name.getKeyProperty("type").equals("Service"))
            .toList();
    for (ObjectName bean : beans) {
      attributes.add(
          Arrays.stream(from.getMBeanInfo(bean).getAttributes())
              .map(MBeanAttributeInfo::getName)
              .toArray(String[]::new));
    }
  }

  /** How the reader behaves while children are killed. */
  private enum Reader {
    NONE,
    EACH_SECOND,
    WITHOUT_A_PAUSE,
    /**
     * Reads nothing, but needs as much of a processor: what the one before must be held against.
     */
    BUSY_WITH_NOTHING
  }

  /** Prints some lines. */
  public static void main(String[] args) throws Exception {
    int children = Integer.parseInt(args[0]);
    MBeanServer server = MBeanServerFactory.newMBeanServer("jmx-cost");
    try (TreeFleet fleet = new TreeFleet()) {
      fleet.start(children);
      long begin = System.nanoTime();
      try (Registration registration = SupervisorMBeans.register(fleet.tree(), server)) {
        System.out.printf(
            "%d children: %d beans registered in %.0f ms%n",
            children, registration.names().size(), (System.nanoTime() - begin) / NANOS_PER_MILLI);
        JmxCost cost = new JmxCost(registration, server);
        cost.look(server, fleet.tree(), Integer.parseInt(args[1]));
        cost.kill(server, fleet, Integer.parseInt(args[2]));
      }
    }
    System.exit(0);
  }

  /** All attributes of all beans; returns how many there were. */
  private int readAll(MBeanServer from) throws JMException {
    int read = 0;
    for (int i = 0; i < beans.size(); i++) {
      String[] names = attributes.get(i);
      int got = from.getAttributes(beans.get(i), names).size();
      if (got != names.length) {
        throw new IllegalStateException(beans.get(i) + ": an attribute could not be read");
      }
      read += got;
    }
    return read;
  }

  private void look(MBeanServer from, Supervisor tree, int looks) throws JMException {
    int read = 0;
    for (int i = 0; i < WARM_UP; i++) {
      read = readAll(from);
    }
    long steps = tree.engine().orElseThrow().steps();
    long[] cpu = new long[looks];
    long[] wall = new long[looks];
    for (int i = 0; i < looks; i++) {
      long beginCpu = threads.getCurrentThreadCpuTime();
      long beginWall = System.nanoTime();
      int unused = readAll(from);
      wall[i] = System.nanoTime() - beginWall;
      cpu[i] = threads.getCurrentThreadCpuTime() - beginCpu;
    }
    System.out.printf(
        "one look at all %d attributes: CPU %s; elapsed %s; steps of the engine meanwhile: %d%n",
        read, spread(cpu), spread(wall), tree.engine().orElseThrow().steps() - steps);
  }

  private void kill(MBeanServer from, TreeFleet fleet, int kills) throws Exception {
    int perTurn = Math.max(1, kills / TURNS);
    Map<Reader, List<Long>> nanos = new EnumMap<>(Reader.class);
    Map<Reader, Long> blocked = new EnumMap<>(Reader.class);
    AtomicLong looks = new AtomicLong();
    Random random = new Random(1);
    for (int turn = 0; turn < TURNS; turn++) {
      for (Reader reader : Reader.values()) {
        long before = engineBlocked();
        Thread thread = start(from, reader, looks);
        for (int i = 0; i < perTurn; i++) {
          long restarted = kill(fleet, random.nextInt(beans.size() / BEANS_OF_A_SERVICE));
          nanos.computeIfAbsent(reader, any -> new ArrayList<>()).add(restarted);
        }
        thread.interrupt();
        thread.join();
        blocked.merge(reader, engineBlocked() - before, Long::sum);
      }
    }
    double none = mean(nanos.get(Reader.NONE));
    nanos.forEach(
        (reader, times) ->
            System.out.printf(
                "kill to restart, reader %-17s: %s, mean %.3f ms, ratio of means %.3f, of medians"
                    + " %.3f, engine blocked %d times%n",
                reader,
                spread(longs(times)),
                mean(times) / NANOS_PER_MILLI,
                mean(times) / none,
                (double) median(times) / median(nanos.get(Reader.NONE)),
                blocked.get(reader)));
    System.out.printf("looks meanwhile: %d%n", looks.get());
  }

  private static long kill(TreeFleet fleet, int child) throws InterruptedException {
    ProcessHandle victim = ProcessHandle.of(fleet.pid(child)).orElseThrow();
    long begin = System.nanoTime();
    victim.destroyForcibly();
    long unused = fleet.awaitDeath(child);
    long restarted = fleet.awaitRestart(child) - begin;
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    return restarted;
  }

  private Thread start(MBeanServer from, Reader reader, AtomicLong looks) {
    Thread thread = new Thread(() -> readOn(from, reader, looks), "reader");
    thread.start();
    return thread;
  }

  private void readOn(MBeanServer from, Reader reader, AtomicLong looks) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        switch (reader) {
          case NONE -> TimeUnit.DAYS.sleep(1);
          case EACH_SECOND -> {
            looks.addAndGet(readAll(from) > 0 ? 1 : 0);
            TimeUnit.SECONDS.sleep(1);
          }
          case WITHOUT_A_PAUSE -> looks.addAndGet(readAll(from) > 0 ? 1 : 0);
          case BUSY_WITH_NOTHING -> Thread.onSpinWait();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (JMException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How often the engine's thread had to wait for a lock that another held. */
  private long engineBlocked() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().endsWith("-engine"))
        .mapToLong(ThreadInfo::getBlockedCount)
        .sum();
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static double mean(List<Long> nanos) {
    return Arrays.stream(longs(nanos)).average().orElse(0);
  }

  private static long median(List<Long> nanos) {
    return Arrays.stream(longs(nanos)).sorted().skip(nanos.size() / 2).findFirst().orElse(0);
  }

  private static String spread(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return String.format(
        "p50 %.2f p99 %.2f ms",
        sorted[sorted.length / 2] / NANOS_PER_MILLI,
        sorted[sorted.length * 99 / 100] / NANOS_PER_MILLI);
  }
}
