package org.jsupervisor.samples.benchmarks.fleet;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * and, by {@link RestartsBesides}, what that does to the time from the kill of a child to its
 * restart.
 *
 * <p>Arguments: how many children, how many looks, how many kills of each kind. Needs Linux.
 */
public final class JmxCost {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_MB = 1e6;
  private static final int BEANS_OF_A_SERVICE = 3;
  private static final int WARM_UP = 30;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final List<ObjectName> beans;
  private final List<String[]> attributes = new ArrayList<>();

  /** Counted on the thread that looks, read when it has ended. */
  private int looks;

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
    long allocated = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < looks; i++) {
      long beginCpu = threads.getCurrentThreadCpuTime();
      long beginWall = System.nanoTime();
      int unused = readAll(from);
      wall[i] = System.nanoTime() - beginWall;
      cpu[i] = threads.getCurrentThreadCpuTime() - beginCpu;
    }
    System.out.printf(
        "one look at all %d attributes: CPU %s; elapsed %s; %.1f MB allocated; steps of the engine"
            + " meanwhile: %d%n",
        read,
        spread(cpu),
        spread(wall),
        (threads.getCurrentThreadAllocatedBytes() - allocated) / BYTES_PER_MB / looks,
        tree.engine().orElseThrow().steps() - steps);
  }

  /** What the looks do to restarts; a look that reads nothing needs as much of a processor. */
  private void kill(MBeanServer from, TreeFleet fleet, int kills) throws InterruptedException {
    long oneLook = cpuOfALook(from);
    Runnable look =
        () -> {
          try {
            looks += readAll(from) > 0 ? 1 : 0;
          } catch (JMException failure) {
            throw new IllegalStateException(failure);
          }
        };
    int children = beans.size() / BEANS_OF_A_SERVICE;
    new RestartsBesides(fleet, children, look, () -> work(oneLook)).run(kills).print();
    System.out.printf("looks meanwhile: %d%n", looks);
  }

  private long cpuOfALook(MBeanServer from) {
    try {
      long begin = threads.getCurrentThreadCpuTime();
      int unused = readAll(from);
      return threads.getCurrentThreadCpuTime() - begin;
    } catch (JMException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void work(long nanos) {
    long end = threads.getCurrentThreadCpuTime() + nanos;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
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
