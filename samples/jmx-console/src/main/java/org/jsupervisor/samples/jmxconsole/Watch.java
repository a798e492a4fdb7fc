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

/** Prints what happens to services, until the thread is interrupted or the connection is lost. */
final class Watch {
  private final MBeanServerConnection connection;
  private final PrintStream out;

  Watch(MBeanServerConnection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  void watch(List<Service> services) throws IOException, JMException {
    for (Service service : services) {
      connection.addNotificationListener(
          service.name(), (news, id) -> print(String.valueOf(id), news), null, service.id());
    }
    out.println("watching " + services.size() + " services");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(String id, Notification news) {
    Instant when = Instant.ofEpochMilli(news.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
    out.println(when + " " + id + ": " + Commands.printable(news.getMessage()));
    out.flush();
  }
}
