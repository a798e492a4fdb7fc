package org.jsupervisor.samples.suite;

import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * One life of a small tree with JMX on, in a class of its own so that a throw-away class loader can
 * load it together with the library.
 */
public final class OpenedTree {
  private static final int PATIENCE_SECONDS = 60;

  private OpenedTree() {}

  /**
   * Opens a tree with two children, shows it in the server, reads a bean, and closes both.
   *
   * @param server where the beans come and go
   * @param name of the tree
   */
  public static void liveAndClose(MBeanServer server, String name) throws Exception {
    SupervisorSpec spec =
        SupervisorSpec.builder(name).addChild(child("web")).addChild(child("cache")).build();
    ObjectName web =
        new ObjectName("org.jsupervisor:type=Service,supervisor=" + name + ",name=web");
    try (Supervisor tree = SupervisorBuilder.of(spec, new QuickPlatform()).start();
        Registration beans = SupervisorMBeans.register(tree, server)) {
      var unused = tree.ready().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      server.addNotificationListener(web, (news, handback) -> {}, null, null);
      if (!"RUNNING".equals(server.getAttribute(web, "Phase")) || beans.names().size() != 9) {
        throw new AssertionError("not as it should be: " + beans.names());
      }
    }
  }

  /** As {@link #liveAndClose}, in a server that goes with it. */
  public static void liveAndClose() throws Exception {
    liveAndClose(MBeanServerFactory.newMBeanServer("throw-away"), "throw-away");
  }

  private static ProcessSpec child(String name) {
    return ProcessSpec.builder(name, name).withReadiness(ReadinessSpec.atLaunch()).build();
  }
}
