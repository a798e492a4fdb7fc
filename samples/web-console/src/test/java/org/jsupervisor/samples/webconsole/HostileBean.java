package org.jsupervisor.samples.webconsole;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jsupervisor.jmx.ServiceMXBean;

/** A service all of whose texts are markup, as no real one's name can be. */
final class HostileBean {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;
  private final String markup;

  HostileBean(String markup) throws JMException {
    this.markup = markup;
    this.name =
        new ObjectName(
            "org.jsupervisor:type=Service,supervisor=hostile,name=" + ObjectName.quote(markup));
    ServiceMXBean service =
        (ServiceMXBean)
            Proxy.newProxyInstance(
                HostileBean.class.getClassLoader(),
                new Class<?>[] {ServiceMXBean.class},
                (proxy, method, arguments) -> value(method));
    server.registerMBean(new StandardMBean(service, ServiceMXBean.class, true), name);
  }

  private Object value(Method method) {
    Class<?> type = method.getReturnType();
    if (type == String.class && !method.getName().startsWith("get")) {
      throw new IllegalStateException(markup);
    }
    if (type == String.class) {
      return markup;
    }
    if (type == String[].class) {
      return new String[] {markup, markup};
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
  }

  /** Takes it away again. */
  void remove() throws JMException {
    server.unregisterMBean(name);
  }
}
