package org.jsupervisor.jmx.remote;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.management.Descriptor;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.NeededRole;
import org.jsupervisor.jmx.Role;

/** What a call to the MBean server needs. Whatever is not named here is for nobody. */
final class Rights {
  private static final Set<String> READING =
      Set.of(
          "getAttribute",
          "getAttributes",
          "getDefaultDomain",
          "getDomains",
          "getMBeanCount",
          "getMBeanInfo",
          "getObjectInstance",
          "isInstanceOf",
          "isRegistered",
          "queryMBeans",
          "queryNames",
          "removeNotificationListener");
  private static final String SUBSCRIBING = "addNotificationListener";
  private static final String INVOKING = "invoke";
  private static final String GENERATION = "generation";

  private final MBeanServer server;

  Rights(MBeanServer server) {
    this.server = server;
  }

  /** Empty if nobody may. */
  Optional<Role> needed(String method, @Nullable Object[] arguments) {
    if (READING.contains(method)) {
      return Optional.of(Role.OBSERVE);
    }
    if (method.equals(SUBSCRIBING)) {
      // The other form makes one bean listen to another.
      return arguments[1] instanceof NotificationListener
          ? Optional.of(Role.OBSERVE)
          : Optional.empty();
    }
    return method.equals(INVOKING) ? operation(arguments).map(Rights::needed) : Optional.empty();
  }

  /** The generation that an operation names. */
  OptionalLong generation(String method, @Nullable Object[] arguments) {
    Optional<MBeanOperationInfo> operation =
        method.equals(INVOKING) ? operation(arguments) : Optional.empty();
    if (operation.isPresent() && arguments[2] instanceof @Nullable Object[] values) {
      MBeanParameterInfo[] parameters = operation.get().getSignature();
      for (int n = 0; n < parameters.length; n++) {
        // Whoever calls may send fewer values than there are parameters.
        if (n < values.length
            && parameters[n].getName().equals(GENERATION)
            && values[n] instanceof Long generation) {
          return OptionalLong.of(generation);
        }
      }
    }
    return OptionalLong.empty();
  }

  /** The operation that is meant; empty if there is none, or the name is a pattern or missing. */
  private Optional<MBeanOperationInfo> operation(@Nullable Object[] arguments) {
    String[] types = arguments[3] instanceof String[] given ? given : new String[0];
    if (!(arguments[0] instanceof ObjectName name) || name.isPattern()) {
      return Optional.empty();
    }
    try {
      return Arrays.stream(server.getMBeanInfo(name).getOperations())
          .filter(operation -> operation.getName().equals(arguments[1]))
          .filter(operation -> Arrays.equals(types(operation), types))
          .findFirst();
    } catch (JMException gone) {
      return Optional.empty();
    }
  }

  /** As a caller names them: an MXBean's own types, not the open ones. */
  private static String[] types(MBeanOperationInfo operation) {
    return Arrays.stream(operation.getSignature())
        .map(MBeanParameterInfo::getType)
        .toArray(String[]::new);
  }

  private static Role needed(MBeanOperationInfo operation) {
    Descriptor descriptor = operation.getDescriptor();
    if (descriptor.getFieldValue(NeededRole.FIELD) instanceof String named) {
      return Role.valueOf(named);
    }
    return operation.getImpact() == MBeanOperationInfo.INFO ? Role.OBSERVE : Role.OPERATE;
  }
}
