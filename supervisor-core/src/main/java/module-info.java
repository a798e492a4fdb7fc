import org.jspecify.annotations.NullMarked;

/** The engine, log directories, definitions, the scanner and the simulation. */
@NullMarked
module org.jsupervisor.core {
  requires transitive org.jsupervisor.api;
  requires org.apache.commons.configuration2;
  requires org.jctools.core;
  requires org.slf4j;
  requires java.xml;
  requires static com.fasterxml.jackson.core;
  requires static org.yaml.snakeyaml;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports org.jsupervisor.core;
  exports org.jsupervisor.definition;
  exports org.jsupervisor.definition.directory;
  exports org.jsupervisor.definition.going;
  exports org.jsupervisor.definition.own;
  exports org.jsupervisor.definition.procfile;
  exports org.jsupervisor.definition.s6rc;
  exports org.jsupervisor.definition.supervisord;
  exports org.jsupervisor.definition.svcdef;
  exports org.jsupervisor.definition.systemd;
  exports org.jsupervisor.log;
  exports org.jsupervisor.scan;
  exports org.jsupervisor.simulation;
  exports org.jsupervisor.wish;
}
