/** MXBeans, notifications and the secured connector. */
module org.jsupervisor.jmx {
  requires static org.jspecify;
  requires transitive java.management;
  requires transitive org.jsupervisor.api;
}
