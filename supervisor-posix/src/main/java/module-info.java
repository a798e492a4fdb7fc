import org.jspecify.annotations.NullMarked;

/** The platform that starts, signals and reaps processes on Linux; macOS is to follow. */
// jffi is an automatic module: it has a name, but no descriptor.
@NullMarked
@SuppressWarnings("requires-automatic")
module org.jsupervisor.posix {
  requires static org.jspecify;
  requires transitive org.jsupervisor.api;
  requires org.jnrproject.jffi;
  requires org.slf4j;

  exports org.jsupervisor.posix;
}
