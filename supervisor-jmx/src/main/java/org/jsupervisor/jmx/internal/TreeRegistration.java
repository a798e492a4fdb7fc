package org.jsupervisor.jmx.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent.Removed;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.ScanMXBean;
import org.jsupervisor.jmx.SupervisorMXBean;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.DirectoryScan;

/**
 * Keeps the beans in step with the tree.
 *
 * <p>No change is missed: the subscription comes before the first look at the snapshot, and events
 * that come meanwhile wait for the courier. An event only says <em>that</em> a child came or went;
 * whether it gets a bean is decided by looking at the tree, which is published before its events.
 * So an event that is late, doubled or about an earlier child of the same id does no harm. Lost
 * events make the courier compare all beans with the snapshot.
 *
 * <p>The supervisor's notifier only queues here. All else is done by the courier: MBean servers
 * call foreign listeners when a bean comes, goes or tells something, and these may be slow.
 */
public final class TreeRegistration implements Registration, SupervisorListener {
  /** How many events may wait for slow JMX listeners; further ones are dropped and counted. */
  static final int PENDING_MAX = 1024;

  /** How long closing waits for slow JMX listeners. */
  static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(2);

  private final Supervisor supervisor;
  private final ObjectName name;
  private final ObjectName scanName;
  private final BeanSet beans;
  private final ServiceBeans services;
  private final News news;
  private final Courier courier;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean reconcileDue = new AtomicBoolean();
  private final Subscription subscription;

  private TreeRegistration(Supervisor supervisor, MBeanServer server, InstantSource clock) {
    BeanNames names = new BeanNames(supervisor.name());
    this.supervisor = supervisor;
    this.name = names.supervisor();
    this.scanName = names.scan();
    this.beans = new BeanSet(server);
    this.services = new ServiceBeans(supervisor, names, beans, clock);
    this.news = News.ofSupervisor(name);
    this.courier =
        new Courier(
            "jsupervisor-jmx-" + supervisor.name(), PENDING_MAX, () -> dropped.incrementAndGet());
    this.subscription = supervisor.subscribe(this);
  }

  /** See {@link org.jsupervisor.jmx.SupervisorMBeans#register(Supervisor, MBeanServer)}. */
  public static Registration open(Supervisor supervisor, MBeanServer server) {
    return open(supervisor, server, InstantSource.system());
  }

  /** With a clock, for tests. */
  static TreeRegistration open(Supervisor supervisor, MBeanServer server, InstantSource clock) {
    TreeRegistration registration = new TreeRegistration(supervisor, server, clock);
    try {
      registration.showAll();
    } catch (RuntimeException | Error failure) {
      registration.close();
      throw failure;
    }
    registration.courier.start();
    return registration;
  }

  private void showAll() {
    SupervisorBean bean = new SupervisorBean(supervisor, services, dropped::get);
    beans.add(new AnnotatedMBean(bean, SupervisorMXBean.class, news), name);
    supervisor.snapshot().children().forEach(services::show);
  }

  @Override
  public ObjectName supervisorName() {
    return name;
  }

  @Override
  public ObjectName showScan(DirectoryScan scan) {
    ScanBean bean = new ScanBean(scan, name);
    var silent = new NotificationBroadcasterSupport();
    beans.add(new AnnotatedMBean(bean, ScanMXBean.class, silent), scanName);
    return scanName;
  }

  @Override
  public List<ObjectName> names() {
    return beans.names();
  }

  @Override
  public void close() {
    subscription.close();
    courier.stop(CLOSE_WAIT_MAX);
    beans.close();
  }

  @Override
  public void onEvent(PublishedEvent event) {
    if (!courier.offer(() -> deliver(event))) {
      onLoss(1);
    }
  }

  @Override
  public void onLoss(long events) {
    dropped.addAndGet(events);
    reconcileDue.set(true);
    // If there is no room for this either, the tasks that fill the queue will see the flag.
    boolean ignored = courier.offer(this::reconcileIfDue);
  }

  private void deliver(PublishedEvent event) {
    reconcileIfDue();
    ChildId child = event.event().child();
    if (child.isRoot()) {
      news.tell(event);
      return;
    }
    supervisor.child(child).ifPresent(services::showIfFree);
    services.tell(event);
    if (event.event() instanceof Removed) {
      services.hideIfGone(child);
    }
  }

  private void reconcileIfDue() {
    if (reconcileDue.getAndSet(false)) {
      services.reconcile();
    }
  }
}
