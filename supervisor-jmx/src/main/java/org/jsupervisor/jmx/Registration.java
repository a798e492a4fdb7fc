package org.jsupervisor.jmx;

import java.util.List;
import javax.management.ObjectName;
import org.jsupervisor.rescan.DirectoryScan;

/** The beans of one tree in one MBean server. Thread-safe. */
public interface Registration extends AutoCloseable {
  /** The name of the tree's bean. */
  ObjectName supervisorName();

  /** The names of all beans that are registered now, in the order of their registration. */
  List<ObjectName> names();

  /**
   * Shows the directory that the tree follows, as a bean of its own, {@link ScanMXBean}. It goes
   * with the others; after {@link #close} nothing is shown.
   *
   * @return the name of the bean
   * @throws IllegalStateException if the name is taken, for one: if a directory is shown already
   */
  ObjectName showScan(DirectoryScan scan);

  /**
   * Takes all beans out of the MBean server, in reverse order, and ends the thread that sends
   * notifications. Notifications under way have two seconds to be delivered. The tree itself goes
   * on. Idempotent.
   */
  @Override
  void close();
}
