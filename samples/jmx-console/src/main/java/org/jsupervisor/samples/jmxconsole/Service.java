package org.jsupervisor.samples.jmxconsole;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.jsupervisor.jmx.ServiceMXBean;

/**
 * A service as JMX shows it.
 *
 * @param id its name, with those of the supervisors above it
 * @param name of its bean
 * @param bean itself
 */
record Service(String id, ObjectName name, ServiceMXBean bean) {
  private static final String ALL = "org.jsupervisor:type=Service,supervisor=*,name=*";

  /** All, in the order of their names. */
  static List<Service> all(MBeanServerConnection connection) throws IOException, JMException {
    List<Service> services = new ArrayList<>();
    for (ObjectName name : connection.queryNames(new ObjectName(ALL), null)) {
      ServiceMXBean bean = JMX.newMXBeanProxy(connection, name, ServiceMXBean.class);
      ifThere(() -> services.add(new Service(bean.getId(), name, bean)));
    }
    services.sort(Comparator.comparing(Service::id));
    return services;
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
