import org.jspecify.annotations.NullMarked;

/**
 * A running tree in JMX: MXBeans for the tree, its engine and its platform, for each child and its
 * views, and a connector for consoles elsewhere. Sees nothing but the API.
 *
 * <p>The package is exported without a qualification because the MBean server reads the interfaces
 * and their records from an unnamed module: otherwise registration succeeds and every read fails.
 */
@NullMarked
module org.jsupervisor.jmx {
  requires transitive java.management;
  requires java.management.rmi;
  requires java.rmi;
  requires static org.jspecify;
  requires transitive org.jsupervisor.api;

  exports org.jsupervisor.jmx;
  exports org.jsupervisor.jmx.remote;
}
