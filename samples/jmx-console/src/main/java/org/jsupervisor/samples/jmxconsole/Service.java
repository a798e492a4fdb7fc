package org.jsupervisor.samples.jmxconsole;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.jsupervisor.jmx.ServiceHealthMXBean;
import org.jsupervisor.jmx.ServiceLogMXBean;
import org.jsupervisor.jmx.ServiceMXBean;

/**
 * A service as JMX shows it.
 *
 * @param tree the name of its tree
 * @param id its name, with those of the supervisors above it
 * @param shown the same, with the tree before it where there are several
 * @param name of its bean
 * @param bean itself
 */
record Service(String tree, String id, String shown, ObjectName name, ServiceMXBean bean) {
  private static final String SERVICES = "org.jsupervisor:type=Service,supervisor=*,name=*";
  private static final String TREES = "org.jsupervisor:type=Supervisor,name=*";

  /** All, in the order of their names. */
  static List<Service> all(MBeanServerConnection connection) throws IOException, JMException {
    boolean hasOneTree = hasOneTree(connection);
    List<Service> services = new ArrayList<>();
    for (ObjectName name : connection.queryNames(new ObjectName(SERVICES), null)) {
      ifThere(() -> services.add(of(connection, name, hasOneTree)));
    }
    services.sort(Comparator.comparing(Service::shown));
    return services;
  }

  private static Service of(MBeanServerConnection connection, ObjectName name, boolean hasOneTree) {
    ServiceMXBean bean = JMX.newMXBeanProxy(connection, name, ServiceMXBean.class);
    String tree = bean.getSupervisor().getKeyProperty("name");
    String id = bean.getId();
    return new Service(tree, id, hasOneTree ? id : tree + ":" + id, name, bean);
  }

  /** That whose bean has this name; empty if it is no service's, or has gone. */
  static Optional<Service> at(MBeanServerConnection connection, ObjectName name)
      throws IOException, JMException {
    List<Service> found = new ArrayList<>();
    if (new ObjectName(SERVICES).apply(name)) {
      boolean hasOneTree = hasOneTree(connection);
      ifThere(() -> found.add(of(connection, name, hasOneTree)));
    }
    return found.stream().findFirst();
  }

  private static boolean hasOneTree(MBeanServerConnection connection)
      throws IOException, JMException {
    return connection.queryNames(new ObjectName(TREES), null).size() < 2;
  }

  /** Whether these words mean it. */
  boolean isCalled(String words) {
    return words.equals(id) || words.equals(tree + ":" + id);
  }

  /** What becomes of its output. */
  ServiceLogMXBean log(MBeanServerConnection connection) throws JMException {
    return JMX.newMXBeanProxy(
        connection, new ObjectName(name + ",view=Log"), ServiceLogMXBean.class);
  }

  /** Whether it is well. */
  ServiceHealthMXBean health(MBeanServerConnection connection) throws JMException {
    return JMX.newMXBeanProxy(
        connection, new ObjectName(name + ",view=Health"), ServiceHealthMXBean.class);
  }

  /** Does it, unless the service has gone meanwhile. */
  static void ifThere(Runnable look) {
    try {
      look.run();
    } catch (UndeclaredThrowableException failure) {
      if (!(failure.getCause() instanceof InstanceNotFoundException)) {
        throw failure;
      }
    }
  }
}
