/** An application that starts two sidecars, uses one, restarts it and stops. */
module org.jsupervisor.samples.embedding {
  requires java.net.http;
  requires org.jsupervisor.core;
  requires org.jsupervisor.posix;
}
