package org.jsupervisor.jmx.internal;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;

/**
 * The beans of the children. Changed only by the thread that opens the registration and then by its
 * courier, one after the other; read by any thread.
 */
final class ServiceBeans {
  private record Shown(ObjectName name, News news) {}

  private final Supervisor supervisor;
  private final BeanNames names;
  private final BeanSet beans;
  private final InstantSource clock;
  private final Map<ChildId, Shown> shown = new ConcurrentHashMap<>();

  ServiceBeans(Supervisor supervisor, BeanNames names, BeanSet beans, InstantSource clock) {
    this.supervisor = supervisor;
    this.names = names;
    this.beans = beans;
    this.clock = clock;
  }

  /** The name of a child's bean; null if it has none. */
  @Nullable ObjectName nameOf(ChildId id) {
    Shown bean = shown.get(id);
    return bean == null ? null : bean.name();
  }

  /**
   * Gives a child its bean, unless it has one.
   *
   * @throws IllegalStateException if the name is taken
   */
  void show(ChildSnapshot child) {
    if (shown.containsKey(child.id())) {
      return;
    }
    ObjectName name = names.service(child.id());
    News news = News.ofService(name);
    ServiceBean bean = new ServiceBean(supervisor, names.supervisor(), clock, child);
    beans.add(new AnnotatedMBean(bean, ServiceMXBean.class, news), name);
    shown.put(child.id(), new Shown(name, news));
  }

  /** As {@link #show}; if the name is taken, the tree's bean counts the child as missing. */
  void showIfFree(ChildSnapshot child) {
    try {
      show(child);
    } catch (IllegalStateException taken) {
      // Nobody to throw to: MissingServiceCount tells, and the child's next event tries again.
    }
  }

  /** Tells an event through the bean of its child, if there is one. */
  void tell(PublishedEvent event) {
    Shown bean = shown.get(event.event().child());
    if (bean != null) {
      bean.news().tell(event);
    }
  }

  /** Takes the bean away, unless there is a child of this id, maybe a new one. */
  void hideIfGone(ChildId id) {
    if (supervisor.child(id).isEmpty()) {
      hide(id);
    }
  }

  /** Makes the beans agree with the tree; what was missed in between stays missed. */
  void reconcile() {
    List<ChildSnapshot> children = supervisor.snapshot().children();
    Set<ChildId> present = children.stream().map(ChildSnapshot::id).collect(Collectors.toSet());
    shown.keySet().stream().filter(id -> !present.contains(id)).forEach(this::hide);
    children.forEach(this::showIfFree);
  }

  private void hide(ChildId id) {
    Shown bean = shown.remove(id);
    if (bean != null) {
      beans.remove(bean.name());
    }
  }
}
