/** The platform that starts, signals and reaps processes on Linux and macOS. */
// The jnr artifacts are automatic modules: they have a name, but no descriptor.
@SuppressWarnings("requires-automatic")
module org.jsupervisor.posix {
  requires static org.jspecify;
  requires transitive org.jsupervisor.api;
  requires org.jnrproject.ffi;
  requires org.jnrproject.posix;
  // Not resolved by the automatic jnr modules; without it jnr-posix falls back to pure Java.
  requires org.objectweb.asm;
  requires org.slf4j;
}
