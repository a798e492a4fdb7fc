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

  /** The names of one tree. */
  BeanNames(String tree) {
    if (!ChildId.isName(tree)) {
      throw new IllegalArgumentException(
          "supervisor name '" + tree + "': must be 1 to 100 of A-Z a-z 0-9 . _ @ - for JMX");
    }
    this.tree = tree;
  }

  ObjectName supervisor() {
    return parsed(DOMAIN + ":type=Supervisor,name=" + tree);
  }

  ObjectName scan() {
    return parsed(DOMAIN + ":type=Scan,supervisor=" + tree);
  }

  ObjectName service(ChildId child) {
    String above = child.parent().map(ChildId::path).orElse("");
    String supervisor = above.isEmpty() ? tree : tree + "." + above.replace('/', '.');
    return parsed(DOMAIN + ":type=Service,supervisor=" + supervisor + ",name=" + child.name());
  }

  ObjectName log(ChildId child) {
    return parsed(service(child) + ",view=Log");
  }

  ObjectName health(ChildId child) {
    return parsed(service(child) + ",view=Health");
  }

  ObjectName engine() {
    return parsed(DOMAIN + ":type=Engine,supervisor=" + tree);
  }

  ObjectName platform() {
    return parsed(DOMAIN + ":type=Platform,supervisor=" + tree);
  }

  private static ObjectName parsed(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException bug) {
      throw new IllegalArgumentException("object name '" + text + "' is malformed", bug);
    }
  }
}
