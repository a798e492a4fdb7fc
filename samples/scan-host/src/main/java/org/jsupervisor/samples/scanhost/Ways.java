package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.util.Optional;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.jmx.remote.RemoteConnector;
import org.jsupervisor.log.SyslogEvents;
import org.jsupervisor.rescan.DirectoryScan;

/**
 * The ways out of this host besides its output, as far as somebody asked for them.
 *
 * @param door for JMX consoles from elsewhere
 * @param syslog for abnormal events
 */
record Ways(Optional<RemoteConnector> door, Optional<SyslogEvents> syslog)
    implements AutoCloseable {

  /** Opens them; if one cannot be opened, none is. */
  static Ways open(Arguments arguments) throws IOException {
    Optional<SyslogEvents> syslog = arguments.syslog().map(p -> p.events(arguments.name()));
    // Last: nothing after it can fail.
    Optional<Door> door = arguments.door();
    return new Ways(door.isEmpty() ? Optional.empty() : Optional.of(door.get().open()), syslog);
  }

  /** Tells syslog what a tree does that is to be built. */
  SupervisorBuilder addTo(SupervisorBuilder tree) {
    syslog.ifPresent(tree::addListener);
    return tree;
  }

  /** Shows the tree in this JVM's own JMX server, and behind the door. */
  Beans show(Supervisor tree) {
    Registration own = SupervisorMBeans.register(tree);
    try {
      return new Beans(own, door.map(open -> SupervisorMBeans.register(tree, open.server())));
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (door.isPresent()) {
        door.get().close();
      }
    } finally {
      if (syslog.isPresent()) {
        syslog.get().close();
      }
    }
  }

  /**
   * The beans of a tree.
   *
   * @param own in this JVM's own server
   * @param remote behind the door
   */
  record Beans(Registration own, Optional<Registration> remote) implements AutoCloseable {
    /** Shows the directory that the tree follows, too. */
    void show(DirectoryScan scan) {
      var unused = own.showScan(scan);
      remote.ifPresent(
          beans -> {
            var unusedToo = beans.showScan(scan);
          });
    }

    @Override
    public void close() {
      remote.ifPresent(Registration::close);
      own.close();
    }
  }
}
