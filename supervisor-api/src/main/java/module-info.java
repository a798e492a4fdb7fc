import org.jspecify.annotations.NullMarked;

/**
 * What an embedder names: specs, policies, strategies, the platform port, events, snapshots and the
 * {@link org.jsupervisor.Supervisor} handle. Needs nothing but {@code java.base} at run time.
 */
@NullMarked
module org.jsupervisor.api {
  requires static org.jspecify;

  exports org.jsupervisor;
  exports org.jsupervisor.event;
  exports org.jsupervisor.output;
  exports org.jsupervisor.platform;
  exports org.jsupervisor.policy;
  exports org.jsupervisor.process;
  exports org.jsupervisor.rescan;
  exports org.jsupervisor.snapshot;
  exports org.jsupervisor.spec;
  exports org.jsupervisor.strategy;
}
