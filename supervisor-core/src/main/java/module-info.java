/** The engine, definitions, the scanner, log directories and the simulation. */
module org.jsupervisor.core {
  requires static org.jspecify;
  requires transitive org.jsupervisor.api;
  requires org.apache.commons.configuration2;
  requires org.jctools.core;
  requires org.slf4j;
}
