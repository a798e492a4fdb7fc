package org.jsupervisor.samples.consoles;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jsupervisor.jmx.PlatformMXBean;
import org.jsupervisor.jmx.ServiceMXBean;

/**
 * The beans of a host as they are, not through somebody's console: what consoles are held against.
 */
final class Attached implements AutoCloseable {
  private final JMXConnector connector;

  private Attached(JMXConnector connector) {
    this.connector = connector;
  }

  @SuppressWarnings("BanJNDI") // the address is that of the JVM with this pid
  static Attached to(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
      return new Attached(JMXConnectorFactory.connect(address));
    } finally {
      machine.detach();
    }
  }

  /** The names of our beans, and of each the attributes. */
  Map<String, Set<String>> beans() throws IOException, JMException {
    Map<String, Set<String>> beans = new TreeMap<>();
    var connection = connector.getMBeanServerConnection();
    for (ObjectName name : connection.queryNames(new ObjectName("org.jsupervisor:*"), null)) {
      Set<String> attributes = new TreeSet<>();
      for (MBeanAttributeInfo info : connection.getMBeanInfo(name).getAttributes()) {
        attributes.add(info.getName());
      }
      beans.put(name.toString(), attributes);
    }
    return beans;
  }

  /**
   * The numbers of our beans, as jmx_exporter's rules see them, and whether each is a {@code
   * counter} or a {@code gauge}, as their descriptors say.
   */
  Map<String, String> numbers() throws IOException, JMException {
    Map<String, String> numbers = new TreeMap<>();
    var connection = connector.getMBeanServerConnection();
    for (ObjectName name : connection.queryNames(new ObjectName("org.jsupervisor:*"), null)) {
      String bean = "org.jsupervisor<" + name.getKeyPropertyListString().replace(",", ", ") + ">";
      for (MBeanAttributeInfo info : connection.getMBeanInfo(name).getAttributes()) {
        Object type = info.getDescriptor().getFieldValue("metricType");
        if (type != null
            && info.getDescriptor().getFieldValue("openType") instanceof OpenType<?> t) {
          parts(info.getName(), t).forEach(part -> numbers.put(bean + part, type.toString()));
        }
      }
    }
    return numbers;
  }

  private static List<String> parts(String attribute, OpenType<?> type) {
    return type instanceof CompositeType composite
        ? composite.keySet().stream().map(key -> "<" + attribute + ">" + key).toList()
        : List.of("<>" + attribute);
  }

  PlatformMXBean platform() throws IOException, JMException {
    return JMX.newMXBeanProxy(
        connector.getMBeanServerConnection(),
        new ObjectName("org.jsupervisor:type=Platform,supervisor=main"),
        PlatformMXBean.class);
  }

  ServiceMXBean service(String name) throws IOException, JMException {
    return JMX.newMXBeanProxy(
        connector.getMBeanServerConnection(),
        new ObjectName("org.jsupervisor:type=Service,supervisor=main,name=" + name),
        ServiceMXBean.class);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
