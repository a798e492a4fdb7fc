package org.jsupervisor.samples.jmxconsole;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectionNotification;
import javax.management.remote.JMXConnector;

/** Prints what happens to services, until the thread is interrupted or the connection is lost. */
final class Watch {
  private final JMXConnector connector;
  private final PrintStream out;
  private final MBeanServerConnection connection;

  private final Set<ObjectName> watched = ConcurrentHashMap.newKeySet();

  /** Beans that are new; empty when the connection is lost. Listeners must not call the server. */
  private final BlockingQueue<Optional<ObjectName>> news = new LinkedBlockingQueue<>();

  Watch(JMXConnector connector, PrintStream out) throws IOException {
    this.connector = connector;
    this.out = out;
    this.connection = connector.getMBeanServerConnection();
  }

  /** Watches these. */
  void watch(List<Service> services) throws IOException, JMException {
    connector.addConnectionNotificationListener((what, none) -> connection(what), null, null);
    for (Service service : services) {
      watch(service);
    }
    out.println("watching " + services.size() + " services");
    goOn();
  }

  /** Watches all, and those that come. */
  void watchAll() throws IOException, JMException {
    connection.addNotificationListener(
        MBeanServerDelegate.DELEGATE_NAME, (what, none) -> beans(what), null, null);
    watch(Service.all(connection));
  }

  private void goOn() throws IOException, JMException {
    try {
      Optional<ObjectName> next = news.take();
      while (next.isPresent()) {
        watchNew(next.get());
        next = news.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    throw new IOException("the connection is lost");
  }

  private void watchNew(ObjectName name) throws IOException, JMException {
    Optional<Service> service = Service.at(connection, name);
    if (service.isPresent() && watch(service.get())) {
      out.println(service.get().shown() + ": is new");
    }
  }

  /** Whether it was not watched before. */
  private boolean watch(Service service) throws IOException, JMException {
    if (!watched.add(service.name())) {
      return false;
    }
    try {
      connection.addNotificationListener(
          service.name(), (what, none) -> print(service.shown(), what), null, null);
      return true;
    } catch (InstanceNotFoundException gone) {
      watched.remove(service.name());
      return false;
    }
  }

  private void beans(Notification what) {
    if (what instanceof MBeanServerNotification bean) {
      if (bean.getType().equals(MBeanServerNotification.REGISTRATION_NOTIFICATION)) {
        news.add(Optional.of(bean.getMBeanName()));
      } else {
        watched.remove(bean.getMBeanName());
      }
    }
  }

  private void connection(Notification what) {
    String type = what.getType();
    if (type.equals(JMXConnectionNotification.FAILED)
        || type.equals(JMXConnectionNotification.CLOSED)) {
      news.add(Optional.empty());
    } else if (type.equals(JMXConnectionNotification.NOTIFS_LOST)) {
      out.println("some was missed: " + Commands.printable(what.getMessage()));
    }
  }

  private void print(String id, Notification what) {
    Instant when = Instant.ofEpochMilli(what.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
    out.println(when + " " + id + ": " + Commands.printable(what.getMessage()));
    out.flush();
  }
}
