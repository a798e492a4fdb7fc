/** A terminal console for trees in JMX. */
module org.jsupervisor.samples.jmxconsole {
  requires java.management;
  requires jdk.attach;
  requires static org.jspecify;
  requires org.jsupervisor.jmx;
}
