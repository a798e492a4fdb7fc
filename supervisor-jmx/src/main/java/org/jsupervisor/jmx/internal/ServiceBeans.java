package org.jsupervisor.jmx.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.jmx.ServiceHealthMXBean;
import org.jsupervisor.jmx.ServiceLogMXBean;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;

/**
 * The beans of the children: one for each, and its views. Changed only by the thread that opens the
 * registration and then by its courier, one after the other; read by any thread.
 */
final class ServiceBeans {
  private record Shown(ServiceNames names, News news) {}

  private final Tree tree;
  private final BeanSet beans;
  private final Runnable onSent;
  private final Map<ChildId, Shown> shown = new ConcurrentHashMap<>();

  /** None yet; {@code onSent} is called for each notification. */
  ServiceBeans(Tree tree, BeanSet beans, Runnable onSent) {
    this.tree = tree;
    this.beans = beans;
    this.onSent = onSent;
  }

  /** The name of a child's bean; null if it has none. */
  @Nullable ObjectName nameOf(ChildId id) {
    Shown bean = shown.get(id);
    return bean == null ? null : bean.names().service();
  }

  /**
   * Gives a child its beans, unless it has them.
   *
   * @throws IllegalStateException if a name is taken; then it has none
   */
  void show(ChildSnapshot child) {
    ChildId id = child.id();
    if (shown.containsKey(id)) {
      return;
    }
    ServiceNames names = tree.names().of(id);
    News news = News.ofService(names.service(), child, onSent);
    Child seen = new Child(tree, child, names);
    // The views first, as whoever hears of the service may look for them.
    add(new ServiceLogBean(seen), ServiceLogMXBean.class, names.log());
    try {
      add(new ServiceHealthBean(seen), ServiceHealthMXBean.class, names.health());
      beans.add(
          new AnnotatedMBean(new ServiceBean(seen, this), ServiceMXBean.class, news),
          names.service());
    } catch (IllegalStateException taken) {
      hideViews(names);
      throw taken;
    }
    shown.put(id, new Shown(names, news));
  }

  private <T> void add(T view, Class<T> type, ObjectName name) {
    beans.add(new AnnotatedMBean(view, type, TreeRegistration.silent()), name);
  }

  /** As {@link #show}; if a name is taken, the tree's bean counts the child as missing. */
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

  /** Takes the beans away, unless there is a child of this id, maybe a new one. */
  void hideIfGone(ChildId id) {
    if (tree.supervisor().child(id).isEmpty()) {
      hide(id);
    }
  }

  /** Makes the beans agree with the tree, and tells what is otherwise than was told last. */
  void settle() {
    List<ChildSnapshot> children = tree.supervisor().snapshot().children();
    Set<ChildId> present = children.stream().map(ChildSnapshot::id).collect(Collectors.toSet());
    shown.keySet().stream().filter(id -> !present.contains(id)).forEach(this::hideUntold);
    children.forEach(this::settle);
  }

  private void settle(ChildSnapshot child) {
    showIfFree(child);
    Shown bean = shown.get(child.id());
    if (bean != null) {
      bean.news().settle(child);
    }
  }

  private void hideUntold(ChildId id) {
    Shown bean = shown.get(id);
    if (bean != null) {
      bean.news().settleRemoved(id, tree.clock().instant());
    }
    hide(id);
  }

  private void hide(ChildId id) {
    Shown bean = shown.remove(id);
    if (bean != null) {
      hideViews(bean.names());
      beans.remove(bean.names().service());
    }
  }

  private void hideViews(ServiceNames names) {
    beans.remove(names.health());
    beans.remove(names.log());
  }
}
