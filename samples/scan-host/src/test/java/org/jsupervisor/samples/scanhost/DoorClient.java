package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Consoles in a JVM of its own, since RMI takes the keys of a JVM's properties, once: URL-FILE
 * PASSWORD, then NAME to connect as somebody, BEAN ATTRIBUTE, or BEAN OPERATION TYPE=VALUE....
 */
final class DoorClient {
  private DoorClient() {}

  public static void main(String... words) throws Exception {
    var url = new JMXServiceURL(Files.readString(Path.of(words[0])).strip());
    int next = 2;
    while (next < words.length) {
      String name = words[next++];
      int calls = next;
      while (next < words.length && words[next].contains(" ")) {
        next++;
      }
      console(url, new String[] {name, words[1]}, List.of(words).subList(calls, next));
    }
  }

  @SuppressWarnings("BanJNDI") // the address has the stub in it
  private static void console(JMXServiceURL url, String[] who, List<String> calls)
      throws Exception {
    try (JMXConnector door =
        JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, who))) {
      System.out.println(who[0] + " is connected");
      for (String call : calls) {
        System.out.println(call(door.getMBeanServerConnection(), call.split(" ", -1)));
      }
    } catch (IOException | SecurityException refusal) {
      System.out.println(who[0] + " is refused: " + refusal.getClass().getSimpleName());
    }
  }

  private static String call(MBeanServerConnection tree, String[] words) throws Exception {
    ObjectName bean = new ObjectName(words[0]);
    if (words.length == 2) {
      return words[1] + " is " + text(attribute(tree, bean, words[1]));
    }
    Object[] values = new Object[words.length - 2];
    String[] types = new String[words.length - 2];
    for (int n = 0; n < values.length; n++) {
      String[] parts = words[n + 2].split("=", 2);
      types[n] = parts[0].equals("int") ? "int" : "java.lang.String";
      values[n] = parts[0].equals("int") ? (Object) Integer.valueOf(parts[1]) : parts[1];
    }
    try {
      return words[1] + " says " + text(tree.invoke(bean, words[1], values, types));
    } catch (SecurityException denied) {
      return words[1] + " denied: " + denied.getMessage();
    }
  }

  /** The bean of a new service comes soon after it, by the thread that tells notifications. */
  private static Object attribute(MBeanServerConnection tree, ObjectName bean, String name)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        return tree.getAttribute(bean, name);
      } catch (InstanceNotFoundException notYet) {
        if (System.nanoTime() - deadline > 0) {
          throw notYet;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static String text(Object value) {
    return value instanceof Object[] lines ? java.util.Arrays.toString(lines) : "" + value;
  }
}
