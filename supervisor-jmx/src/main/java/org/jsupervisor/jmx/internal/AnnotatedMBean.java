package org.jsupervisor.jmx.internal;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.Description;
import org.jsupervisor.jmx.Impact;
import org.jsupervisor.jmx.ParameterName;

/**
 * An MXBean that takes its metadata from the annotations of its interface. The JDK has no such
 * annotations, and without them consoles show {@code p0} and no descriptions. {@code Units} and
 * {@code MetricType} need no code here: {@code DescriptorKey} carries them into the descriptor.
 *
 * <p>Operations are found by name and number of parameters: the parameter types of an MXBean's
 * metadata are open types, not those of the interface. So operations must not be overloaded.
 */
final class AnnotatedMBean extends StandardEmitterMBean {
  /** By name and number of parameters; whoever finds none here makes the same. */
  private volatile @Nullable Map<String, Method> methods;

  /** Wraps an implementation; its notifications come from the broadcaster. */
  <T> AnnotatedMBean(T bean, Class<T> type, NotificationBroadcasterSupport broadcaster) {
    super(bean, type, true, broadcaster);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return description(getMBeanInterface()).orElseGet(() -> super.getDescription(info));
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    return method((info.isIs() ? "is" : "get") + info.getName(), 0)
        .flatMap(AnnotatedMBean::description)
        .orElseGet(() -> super.getDescription(info));
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return method(info)
        .flatMap(AnnotatedMBean::description)
        .orElseGet(() -> super.getDescription(info));
  }

  @Override
  protected String getDescription(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    return method(operation)
        .flatMap(method -> description(method.getParameters()[index]))
        .orElseGet(() -> super.getDescription(operation, parameter, index));
  }

  @Override
  protected String getParameterName(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    return method(operation)
        .map(method -> method.getParameters()[index].getAnnotation(ParameterName.class))
        .map(ParameterName::value)
        .orElseGet(() -> super.getParameterName(operation, parameter, index));
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    return method(info)
        .map(method -> method.getAnnotation(Impact.class))
        .map(impact -> code(impact.value()))
        .orElseGet(() -> super.getImpact(info));
  }

  private static int code(Impact.Kind kind) {
    return switch (kind) {
      case INFO -> MBeanOperationInfo.INFO;
      case ACTION -> MBeanOperationInfo.ACTION;
      case ACTION_INFO -> MBeanOperationInfo.ACTION_INFO;
    };
  }

  private Optional<Method> method(MBeanOperationInfo info) {
    return method(info.getName(), info.getSignature().length);
  }

  private Optional<Method> method(String name, int parameters) {
    return Optional.ofNullable(methods().get(name + "/" + parameters));
  }

  /** Asked for some hundred times when a bean is registered; not by the constructor above. */
  private Map<String, Method> methods() {
    Map<String, Method> known = methods;
    if (known == null) {
      known = new HashMap<>();
      for (Method method : getMBeanInterface().getMethods()) {
        known.put(method.getName() + "/" + method.getParameterCount(), method);
      }
      methods = known;
    }
    return known;
  }

  private static Optional<String> description(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(Description.class)).map(Description::value);
  }
}
