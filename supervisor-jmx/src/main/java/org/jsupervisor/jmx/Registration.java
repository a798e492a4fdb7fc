package org.jsupervisor.jmx;

import java.util.List;
import javax.management.ObjectName;

/** The beans of one tree in one MBean server. Thread-safe. */
public interface Registration extends AutoCloseable {
  /** The name of the tree's bean. */
  ObjectName supervisorName();

  /** The names of all beans that are registered now, in the order of their registration. */
  List<ObjectName> names();

  /**
   * Takes all beans out of the MBean server, in reverse order, and ends the thread that sends
   * notifications. Notifications under way have two seconds to be delivered. The tree itself goes
   * on. Idempotent.
   */
  @Override
  void close();
}
