package org.jsupervisor.jmx.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.NotCompliantMBeanException;
import javax.management.ObjectName;

/**
 * What one registration has put into an MBean server. Thread-safe by a lock of its own: {@link
 * #close} may run while a bean is being added, and nothing may be left behind then.
 */
final class BeanSet {
  private final Object lock = new Object();
  private final MBeanServer server;
  private final Set<ObjectName> names = new LinkedHashSet<>();
  private boolean closed;

  BeanSet(MBeanServer server) {
    this.server = server;
  }

  /**
   * Registers a bean; does nothing after {@link #close}.
   *
   * @throws IllegalStateException if the name is taken
   */
  void add(AnnotatedMBean bean, ObjectName name) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      try {
        names.add(server.registerMBean(bean, name).getObjectName());
      } catch (InstanceAlreadyExistsException taken) {
        throw new IllegalStateException(
            "object name '"
                + name
                + "' is taken in this MBean server: a supervisor of this name is registered there"
                + " already; close its registration, or give the supervisors different names",
            taken);
      } catch (MBeanRegistrationException | NotCompliantMBeanException refusal) {
        throw refused("register", name, refusal);
      }
    }
  }

  /** Unregisters a bean, if it is there. */
  void remove(ObjectName name) {
    synchronized (lock) {
      if (names.remove(name)) {
        unregister(name);
      }
    }
  }

  List<ObjectName> names() {
    synchronized (lock) {
      return List.copyOf(names);
    }
  }

  /** Unregisters all in reverse order; from now on nothing can be added. */
  void close() {
    synchronized (lock) {
      closed = true;
      List<ObjectName> reversed = new ArrayList<>(names);
      Collections.reverse(reversed);
      names.clear();
      reversed.forEach(this::unregister);
    }
  }

  private void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException gone) {
      // Somebody else has unregistered it: as wanted.
    } catch (MBeanRegistrationException refusal) {
      throw refused("unregister", name, refusal);
    }
  }

  /** Our beans have no registration hooks that could throw, so this is a bug. */
  private static IllegalStateException refused(String what, ObjectName name, JMException cause) {
    return new IllegalStateException("cannot " + what + " '" + name + "': " + cause, cause);
  }
}
