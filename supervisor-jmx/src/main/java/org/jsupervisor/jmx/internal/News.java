package org.jsupervisor.jmx.internal;

import java.time.Instant;
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
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;

/**
 * Tells the events of one bean as notifications: sequence numbers from 1 for each bean, a sentence
 * for people, and nothing in it but open types. Called only by the registration's courier, so a
 * slow listener holds up nobody but the other listeners.
 *
 * <p>When events were dropped, {@code settle} tells the newest state in their place. That may be
 * newer than events which still wait; what they tell is told again then, but for a phase that is
 * the newest one already. So the last phase that a listener hears is the last one that there was.
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
  private final Runnable onSent;

  /** The phase that was told last, at first the one in which the bean was made. */
  private String told;

  private boolean toldReady;

  /** Whether what was told last is newer than its events, which may still come. */
  private boolean ahead;

  private News(ObjectName source, Runnable onSent, MBeanNotificationInfo... declared) {
    super(declared);
    this.source = source;
    this.onSent = onSent;
    this.told = "";
  }

  /** Of a tree that is in this phase; {@code onSent} is called for each notification. */
  static News ofSupervisor(ObjectName source, TreePhase phase, Runnable onSent) {
    News news = newsOfSupervisor(source, onSent);
    news.told = phase.name();
    return news;
  }

  private static News newsOfSupervisor(ObjectName source, Runnable onSent) {
    return new News(
        source,
        onSent,
        phaseChanges("The phase of the tree has changed"),
        plain("The supervisor gave up: more restarts than it allows", SUPERVISOR_GAVE_UP));
  }

  /** Of a service as it is now; {@code onSent} is called for each notification. */
  static News ofService(ObjectName source, ChildSnapshot now, Runnable onSent) {
    News news = newsOfService(source, onSent);
    news.told = now.phase().name();
    news.toldReady = now.ready();
    return news;
  }

  private static News newsOfService(ObjectName source, Runnable onSent) {
    return new News(
        source,
        onSent,
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
      tellPhase(published, changed.from().name(), changed.to().name());
    } else if (event instanceof TreePhaseChanged changed) {
      tellPhase(published, changed.from().name(), changed.to().name());
    } else if (event instanceof Launched launched) {
      send(published, LAUNCHED, launched.pid().value());
    } else if (event instanceof TaskStarted) {
      send(published, LAUNCHED, null);
    } else if (event instanceof Ended ended) {
      send(published, ENDED, ExitReports.composite(ExitReports.of(ended.exit())));
    } else if (event instanceof Ready) {
      toldReady = true;
      send(published, READY, null);
    } else if (event instanceof GaveUp) {
      send(published, event.child().isRoot() ? SUPERVISOR_GAVE_UP : GAVE_UP, null);
    } else if (event instanceof Removed) {
      send(published, REMOVED, null);
    }
  }

  /** Tells how a service is now, as far as that was not told: events about it were dropped. */
  void settle(ChildSnapshot now) {
    String who = "service '" + now.id() + "': ";
    settlePhase(now.phase().name(), now.since(), who, now.reason());
    if (now.ready() && !toldReady) {
      toldReady = true;
      send(now.since(), READY, who + "ready", null);
    }
  }

  /** Tells what the tree is now, unless that was told. */
  void settle(TreeSnapshot now) {
    settlePhase(now.phase().name(), Instant.now(), "supervisor: ", now.reason());
  }

  /** Tells that a service is no longer part of the tree, though the event was dropped. */
  void settleRemoved(ChildId id) {
    send(Instant.now(), REMOVED, "service '" + id + "': removed", null);
  }

  private void settlePhase(String now, Instant since, String who, String reason) {
    if (!now.equals(told)) {
      String message = who + told + " -> " + now + ": " + reason + " (others were left out)";
      sendPhase(since, message, told, now);
      ahead = true;
    }
  }

  private void tellPhase(PublishedEvent published, String from, String to) {
    boolean isKnown = ahead && to.equals(told);
    ahead = false;
    if (!isKnown) {
      sendPhase(published.at(), message(published.event()), from, to);
    }
  }

  private void sendPhase(Instant at, String message, String from, String to) {
    told = to;
    toldReady = false;
    sendNotification(
        new AttributeChangeNotification(
            source,
            sequence.incrementAndGet(),
            at.toEpochMilli(),
            message,
            "Phase",
            String.class.getName(),
            from,
            to));
    onSent.run();
  }

  private void send(PublishedEvent published, String type, @Nullable Object userData) {
    send(published.at(), type, message(published.event()), userData);
  }

  private void send(Instant at, String type, String message, @Nullable Object userData) {
    Notification notification =
        new Notification(type, source, sequence.incrementAndGet(), at.toEpochMilli(), message);
    notification.setUserData(userData);
    sendNotification(notification);
    onSent.run();
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
