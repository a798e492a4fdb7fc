/** A program that supervises a scan directory. */
module org.jsupervisor.samples.scanhost {
  requires jdk.unsupported;
  requires org.jsupervisor.core;
  requires org.jsupervisor.jmx;
  requires org.jsupervisor.posix;
}
