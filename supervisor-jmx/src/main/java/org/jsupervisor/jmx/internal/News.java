package org.jsupervisor.jmx.internal;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.AttributeChangeNotification;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorEvent.Ended;
import org.jsupervisor.event.SupervisorEvent.GaveUp;
import org.jsupervisor.event.SupervisorEvent.Launched;
import org.jsupervisor.event.SupervisorEvent.PhaseChanged;
import org.jsupervisor.event.SupervisorEvent.Ready;
import org.jsupervisor.event.SupervisorEvent.Removed;
import org.jsupervisor.event.SupervisorEvent.TaskStarted;
import org.jsupervisor.event.SupervisorEvent.TreePhaseChanged;

/**
 * Tells the events of one bean as notifications: sequence numbers from 1 for each bean, a sentence
 * for people, and nothing in it but open types. Called only by the registration's courier, so a
 * slow listener holds up nobody but the other listeners.
 */
final class News extends NotificationBroadcasterSupport {
  private static final String SERVICE = "org.jsupervisor.service.";
  private static final String LAUNCHED = SERVICE + "launched";
  private static final String READY = SERVICE + "ready";
  private static final String ENDED = SERVICE + "ended";
  private static final String GAVE_UP = SERVICE + "gaveup";
  private static final String REMOVED = SERVICE + "removed";
  private static final String SUPERVISOR_GAVE_UP = "org.jsupervisor.supervisor.gaveup";

  private final ObjectName source;
  private final AtomicLong sequence = new AtomicLong();

  private News(ObjectName source, MBeanNotificationInfo... declared) {
    super(declared);
    this.source = source;
  }

  static News ofSupervisor(ObjectName source) {
    return new News(
        source,
        phaseChanges("The phase of the tree has changed"),
        plain("The supervisor gave up: more restarts than it allows", SUPERVISOR_GAVE_UP));
  }

  static News ofService(ObjectName source) {
    return new News(
        source,
        phaseChanges("The phase of the service has changed"),
        withData("It runs; the user data is its pid, null for a task", LAUNCHED, SimpleType.LONG),
        withData("A run has ended; the user data tells how", ENDED, ExitReports.TYPE),
        plain(
            "The service is ready, has used up its restarts, or is no longer part of the tree",
            READY,
            GAVE_UP,
            REMOVED));
  }

  /** Sends what JMX clients hear of an event; of some events they hear nothing. */
  void tell(PublishedEvent published) {
    SupervisorEvent event = published.event();
    if (event instanceof PhaseChanged changed) {
      sendPhaseChange(published, changed.from(), changed.to());
    } else if (event instanceof TreePhaseChanged changed) {
      sendPhaseChange(published, changed.from(), changed.to());
    } else if (event instanceof Launched launched) {
      send(published, LAUNCHED, launched.pid().value());
    } else if (event instanceof TaskStarted) {
      send(published, LAUNCHED, null);
    } else if (event instanceof Ended ended) {
      send(published, ENDED, ExitReports.composite(ExitReports.of(ended.exit())));
    } else if (event instanceof Ready) {
      send(published, READY, null);
    } else if (event instanceof GaveUp) {
      send(published, event.child().isRoot() ? SUPERVISOR_GAVE_UP : GAVE_UP, null);
    } else if (event instanceof Removed) {
      send(published, REMOVED, null);
    }
  }

  private void sendPhaseChange(PublishedEvent published, Enum<?> from, Enum<?> to) {
    sendNotification(
        new AttributeChangeNotification(
            source,
            sequence.incrementAndGet(),
            published.at().toEpochMilli(),
            message(published.event()),
            "Phase",
            String.class.getName(),
            from.name(),
            to.name()));
  }

  private void send(PublishedEvent published, String type, @Nullable Object userData) {
    Notification notification =
        new Notification(
            type,
            source,
            sequence.incrementAndGet(),
            published.at().toEpochMilli(),
            message(published.event()));
    notification.setUserData(userData);
    sendNotification(notification);
  }

  private static String message(SupervisorEvent event) {
    return event.child().isRoot()
        ? "supervisor: " + event.describe()
        : "service '" + event.child() + "': " + event.describe();
  }

  private static MBeanNotificationInfo phaseChanges(String description) {
    return new MBeanNotificationInfo(
        new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
        AttributeChangeNotification.class.getName(),
        description);
  }

  private static MBeanNotificationInfo plain(String description, String... types) {
    return new MBeanNotificationInfo(types, Notification.class.getName(), description);
  }

  private static MBeanNotificationInfo withData(String description, String type, OpenType<?> data) {
    return new MBeanNotificationInfo(
        new String[] {type},
        Notification.class.getName(),
        description,
        new ImmutableDescriptor(Map.of("openType", data)));
  }
}
