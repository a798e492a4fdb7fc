package org.jsupervisor.jmx.remote;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javax.management.MBeanServer;
import javax.management.remote.MBeanServerForwarder;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.internal.Caller;

/**
 * Stands before an MBean server and lets through what the caller's role includes. Operations and
 * refusals are told to the audit. Calls without a subject come from the connector itself, since
 * every connection is authenticated.
 */
final class RoleGuard implements InvocationHandler {
  private static final @Nullable Object[] NONE = {};

  private final MBeanServer server;
  private final Rights rights;
  private final Audit audit;

  private RoleGuard(MBeanServer server, Audit audit) {
    this.server = server;
    this.rights = new Rights(server);
    this.audit = audit;
  }

  /** A guard of this server. */
  static MBeanServerForwarder of(MBeanServer server, Audit audit) {
    return (MBeanServerForwarder)
        Proxy.newProxyInstance(
            RoleGuard.class.getClassLoader(),
            new Class<?>[] {MBeanServerForwarder.class},
            new RoleGuard(server, audit));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    @Nullable Object[] arguments = given == null ? NONE : given;
    if (method.getDeclaringClass() == MBeanServerForwarder.class) {
      return method.getName().equals("getMBeanServer") ? server : null;
    }
    Subject subject = Caller.subject();
    if (method.getDeclaringClass() == Object.class || subject == null) {
      return forward(method, arguments);
    }
    return new Attempt(subject, method, arguments).carryOut();
  }

  private @Nullable Object forward(Method method, @Nullable Object[] arguments) throws Throwable {
    try {
      return method.invoke(server, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** One call of somebody. */
  private final class Attempt {
    private final String who;
    private final Role role;
    private final Method method;
    private final @Nullable Object[] arguments;
    private final long begin = System.nanoTime();

    Attempt(Subject subject, Method method, @Nullable Object[] arguments) {
      this.who = Audit.plain(Caller.principal(subject));
      this.role = subject.getPublicCredentials(Role.class).iterator().next();
      this.method = method;
      this.arguments = arguments;
    }

    @Nullable Object carryOut() throws Throwable {
      Optional<Role> needed = rights.needed(method.getName(), arguments);
      if (needed.isEmpty() || !role.includes(needed.get())) {
        String rule = needed.map(each -> "needs the role " + each.text()).orElse("is for nobody");
        tell(AuditEvent.Outcome.DENIED, rule);
        throw new SecurityException("access denied: " + what() + " " + rule);
      }
      if (!isOperation()) {
        return forward(method, arguments);
      }
      try {
        Object answer = forward(method, arguments);
        tell(AuditEvent.Outcome.DONE, answer instanceof String text ? Audit.plain(text) : "");
        return answer;
      } catch (Throwable failure) {
        tell(AuditEvent.Outcome.FAILED, Audit.plain(root(failure)));
        throw failure;
      }
    }

    private boolean isOperation() {
      return method.getName().equals("invoke");
    }

    private String what() {
      return isOperation() ? Audit.plain(arguments[1]) : method.getName();
    }

    private void tell(AuditEvent.Outcome outcome, String detail) {
      audit.tell(
          new AuditEvent(
              Instant.now(),
              who,
              Optional.of(role),
              what(),
              arguments.length == 0 ? "" : Audit.plain(arguments[0]),
              outcome == AuditEvent.Outcome.DENIED
                  ? OptionalLong.empty()
                  : rights.generation(method.getName(), arguments),
              outcome,
              detail,
              Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static Throwable root(Throwable failure) {
      Throwable root = failure;
      // Bounded: a chain of causes can be a ring.
      for (int n = 0; n < 10 && root.getCause() != null; n++) {
        root = root.getCause();
      }
      return root;
    }
  }
}
