package org.jsupervisor.jmx.internal;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jsupervisor.process.ChildId;

/**
 * The only place that builds object names. The order of the keys is API: consoles build their trees
 * and exporters their rules from it; hence the constructor that takes a string and keeps the order.
 *
 * <p>Names need no quoting, {@link ChildId} sees to that. The slash of a nested child becomes a
 * dot, since a slash must be escaped in the addresses of HTTP bridges: {@code web/api} in the tree
 * {@code S} has {@code supervisor=S.web,name=api}. As a name may contain dots itself, two nested
 * children can meet in one name; the second one is then refused as any other clash.
 */
final class BeanNames {
  private static final String DOMAIN = "org.jsupervisor";

  private final String tree;
  private final ObjectName supervisor;
  private final ObjectName engine;
  private final ObjectName platform;
  private final ObjectName scan;

  /** The names of one tree. */
  BeanNames(String tree) {
    if (!ChildId.isName(tree)) {
      throw new IllegalArgumentException(
          "supervisor name '" + tree + "': must be 1 to 100 of A-Z a-z 0-9 . _ @ - for JMX");
    }
    this.tree = tree;
    supervisor = parsed(DOMAIN + ":type=Supervisor,name=" + tree);
    engine = parsed(DOMAIN + ":type=Engine,supervisor=" + tree);
    platform = parsed(DOMAIN + ":type=Platform,supervisor=" + tree);
    scan = parsed(DOMAIN + ":type=Scan,supervisor=" + tree);
  }

  ObjectName supervisor() {
    return supervisor;
  }

  ObjectName scan() {
    return scan;
  }

  ServiceNames of(ChildId child) {
    String above = child.parent().map(ChildId::path).orElse("");
    String parent = above.isEmpty() ? tree : tree + "." + above.replace('/', '.');
    String service = DOMAIN + ":type=Service,supervisor=" + parent + ",name=" + child.name();
    return new ServiceNames(
        parsed(service), parsed(service + ",view=Log"), parsed(service + ",view=Health"));
  }

  ObjectName engine() {
    return engine;
  }

  ObjectName platform() {
    return platform;
  }

  private static ObjectName parsed(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException bug) {
      throw new IllegalArgumentException("object name '" + text + "' is malformed", bug);
    }
  }
}
