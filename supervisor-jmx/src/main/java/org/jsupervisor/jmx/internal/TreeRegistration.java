package org.jsupervisor.jmx.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent.Removed;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.jmx.EngineMXBean;
import org.jsupervisor.jmx.PlatformMXBean;
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
 * So an event that is late, doubled or about an earlier child of the same id does no harm.
 *
 * <p>The supervisor's notifier only queues here. All else is done by the courier: MBean servers
 * call foreign listeners when a bean comes, goes or tells something, and these may be slow.
 *
 * <p><b>Floods.</b> The first event that finds no room, or is lost before it comes here, makes the
 * registration {@code behind}: from then on events are dropped, and counted, until the courier has
 * done all that was queued before. Then it is no longer behind, and after that, so that nothing
 * falls between, the courier looks at the whole tree, gives each child that needs one its bean, and
 * tells each state that is not the one told last. So single changes may be left out under a flood,
 * but never the last one. A foreign listener may throw an error into it: then it is done again.
 */
public final class TreeRegistration implements Registration, SupervisorListener {
  /** How many events may wait for slow JMX listeners; further ones are dropped and counted. */
  static final int PENDING_MAX = 1024;

  /** How long closing waits for slow JMX listeners. */
  static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(2);

  /** How often it is done again by itself; after that, each event that is dropped does it. */
  private static final int CATCH_UPS_FAILED_MAX = PENDING_MAX;

  private final Supervisor supervisor;
  private final BeanNames names;
  private final Tree tree;
  private final BeanSet beans;
  private final ServiceBeans services;
  private final News news;
  private final Deliveries deliveries = new Deliveries();
  private final Courier courier;
  private final AtomicBoolean behind = new AtomicBoolean();
  private final Subscription subscription;

  /** In a row; only the courier counts them. */
  private int catchUpsFailed;

  private TreeRegistration(Supervisor supervisor, MBeanServer server, InstantSource clock) {
    this.supervisor = supervisor;
    this.names = new BeanNames(supervisor.name());
    this.tree = new Tree(supervisor, names, clock);
    this.beans = new BeanSet(server);
    this.services = new ServiceBeans(tree, beans, deliveries::countSent);
    this.news =
        News.ofSupervisor(names.supervisor(), supervisor.snapshot().phase(), deliveries::countSent);
    this.courier =
        new Courier(
            "jsupervisor-jmx-" + supervisor.name(),
            PENDING_MAX,
            () -> deliveries.countDropped(1),
            this::catchUp);
    deliveries.waitIn(courier::waiting);
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
    PlatformBean platform = new PlatformBean(tree);
    SupervisorBean bean = new SupervisorBean(tree, platform, services, deliveries);
    beans.add(new AnnotatedMBean(bean, SupervisorMXBean.class, news), names.supervisor());
    EngineBean engine = new EngineBean(supervisor, names.supervisor(), deliveries);
    beans.add(new AnnotatedMBean(engine, EngineMXBean.class, silent()), names.engine());
    beans.add(new AnnotatedMBean(platform, PlatformMXBean.class, silent()), names.platform());
    supervisor.snapshot().children().forEach(services::show);
  }

  /** Of a bean that has no notifications. */
  static NotificationBroadcasterSupport silent() {
    return new NotificationBroadcasterSupport();
  }

  @Override
  public ObjectName supervisorName() {
    return names.supervisor();
  }

  @Override
  public ObjectName showScan(DirectoryScan scan) {
    ScanBean bean = new ScanBean(scan, names.supervisor());
    beans.add(new AnnotatedMBean(bean, ScanMXBean.class, silent()), names.scan());
    return names.scan();
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
    if (behind.get() || !courier.offer(() -> deliver(event))) {
      onLoss(1);
    }
  }

  @Override
  public void onLoss(long events) {
    deliveries.countDropped(events);
    behind.set(true);
    courier.nudge();
  }

  private void deliver(PublishedEvent event) {
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

  /** When all that was queued is done. */
  private void catchUp() {
    if (!behind.getAndSet(false)) {
      return;
    }
    deliveries.countCoalesced();
    try {
      news.settle(supervisor.snapshot(), tree.clock().instant());
      services.settle();
      catchUpsFailed = 0;
    } catch (RuntimeException | Error failure) {
      catchUpAgain();
      throw failure;
    }
  }

  /** What was told by then is not told again, so each time comes further than the last. */
  private void catchUpAgain() {
    behind.set(true);
    if (catchUpsFailed < CATCH_UPS_FAILED_MAX) {
      catchUpsFailed++;
      courier.nudge();
    }
  }
}
