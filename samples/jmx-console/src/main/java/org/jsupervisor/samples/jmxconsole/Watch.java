package org.jsupervisor.samples.jmxconsole;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.remote.JMXConnectionNotification;
import javax.management.remote.JMXConnector;

/** Prints what happens to services, until the thread is interrupted or the connection is lost. */
final class Watch {
  private final JMXConnector connector;
  private final PrintStream out;
  private final CountDownLatch lost = new CountDownLatch(1);

  Watch(JMXConnector connector, PrintStream out) {
    this.connector = connector;
    this.out = out;
  }

  void watch(List<Service> services) throws IOException, JMException {
    connector.addConnectionNotificationListener((news, none) -> connection(news), null, null);
    MBeanServerConnection connection = connector.getMBeanServerConnection();
    for (Service service : services) {
      connection.addNotificationListener(
          service.name(), (news, id) -> print(String.valueOf(id), news), null, service.id());
    }
    out.println("watching " + services.size() + " services");
    try {
      lost.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    throw new IOException("the connection is lost");
  }

  private void connection(Notification news) {
    if (news.getType().equals(JMXConnectionNotification.FAILED)
        || news.getType().equals(JMXConnectionNotification.CLOSED)) {
      lost.countDown();
    }
  }

  private void print(String id, Notification news) {
    Instant when = Instant.ofEpochMilli(news.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
    out.println(when + " " + id + ": " + Commands.printable(news.getMessage()));
    out.flush();
  }
}
