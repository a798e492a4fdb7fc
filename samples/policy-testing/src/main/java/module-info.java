import org.jspecify.annotations.NullMarked;

/** A restart policy of one's own: a first try with two bugs, and the mended one. */
@NullMarked
module org.jsupervisor.samples.policy {
  requires transitive org.jsupervisor.api;
  requires static org.jspecify;

  exports org.jsupervisor.samples.policy;
}
