package org.jsupervisor.jmx;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import org.jsupervisor.Supervisor;
import org.jsupervisor.jmx.internal.TreeRegistration;

/**
 * Shows a running tree in JMX.
 *
 * <pre>{@code
 * try (Supervisor supervisor = ...;
 *     Registration beans = SupervisorMBeans.register(supervisor)) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Nothing is registered that was not asked for here, and nothing is left after {@link
 * Registration#close}, which the embedder must call: the end of the tree does not do it, so that
 * the last state can still be read. A tree may be registered in several MBean servers. Each
 * registration has one daemon thread of its own, which sends the notifications.
 */
public final class SupervisorMBeans {
  private SupervisorMBeans() {}

  /**
   * Registers the tree and its children in the platform MBean server.
   *
   * @throws IllegalStateException if one of the names is taken; then nothing is registered
   */
  public static Registration register(Supervisor supervisor) {
    return register(supervisor, ManagementFactory.getPlatformMBeanServer());
  }

  /**
   * Registers the tree and its children. From now on a bean comes and goes with each child.
   *
   * @throws IllegalArgumentException if the name of the supervisor is not fit for an object name
   * @throws IllegalStateException if one of the names is taken; then nothing is registered
   */
  public static Registration register(Supervisor supervisor, MBeanServer server) {
    return TreeRegistration.open(supervisor, server);
  }
}
