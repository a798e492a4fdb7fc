package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** A private MBean server, as a console sees it. */
public final class JmxFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MBeanServer server = MBeanServerFactory.newMBeanServer("test");

  /** With a server of its own. */
  public JmxFixture() {}

  public MBeanServer server() {
    return server;
  }

  public static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (JMException bug) {
      throw new AssertionError(bug);
    }
  }

  public static ObjectName service(String child) {
    return name("org.jsupervisor:type=Service,supervisor=main,name=" + child);
  }

  public static ObjectName supervisor() {
    return name("org.jsupervisor:type=Supervisor,name=main");
  }

  public static ObjectName scan() {
    return name("org.jsupervisor:type=Scan,supervisor=main");
  }

  /** A bean, as a console calls it. */
  public <T> T proxy(ObjectName bean, Class<T> type) {
    return JMX.newMXBeanProxy(server, bean, type);
  }

  public ServiceMXBean serviceProxy(String child) {
    return proxy(service(child), ServiceMXBean.class);
  }

  public SupervisorMXBean supervisorProxy() {
    return proxy(supervisor(), SupervisorMXBean.class);
  }

  public EngineMXBean engineProxy() {
    return proxy(name("org.jsupervisor:type=Engine,supervisor=main"), EngineMXBean.class);
  }

  public Object attribute(ObjectName bean, String attribute) {
    try {
      return server.getAttribute(bean, attribute);
    } catch (JMException failure) {
      throw new AssertionError(bean + " " + attribute, failure);
    }
  }

  /** All beans of ours. */
  public Set<ObjectName> ours() {
    return server.queryNames(name("org.jsupervisor:*"), null);
  }

  /** Waits for what another thread does, for a limited time. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("time is up: " + what).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Whether a courier of ours is alive. */
  public static boolean courierLives(String supervisor) {
    var threads = ManagementFactory.getThreadMXBean();
    for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("jsupervisor-jmx-" + supervisor)) {
        return true;
      }
    }
    return false;
  }
}
