import org.jspecify.annotations.NullMarked;

/** Runs scenarios on the simulation, from JSON lines or from seeds. */
@NullMarked
module org.jsupervisor.samples.scenarios {
  requires com.fasterxml.jackson.core;
  requires org.jsupervisor.core;
  requires static org.jspecify;
}
