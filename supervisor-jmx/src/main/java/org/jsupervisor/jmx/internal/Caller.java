package org.jsupervisor.jmx.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AccessController;
import java.security.Principal;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;

/**
 * Who calls an operation: {@code jmx}, and the name that a remote connector has authenticated. A
 * connector without authentication, and a console in the same JVM, have no name.
 */
public final class Caller {
  private static final String JMX = "jmx";

  /** Since Java 18; before that, and only before, the other way works. */
  private static final @Nullable MethodHandle CURRENT = find();

  private Caller() {}

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
    } catch (NoSuchMethodException | IllegalAccessException older) {
      return null;
    }
  }

  static String name() {
    Subject subject = subject();
    String name = subject == null ? "" : principal(subject);
    return name.isEmpty() ? JMX : cut(JMX + ":" + plain(name));
  }

  /** The first of the names that a subject has; empty if it has none. */
  public static String principal(Subject subject) {
    return subject.getPrincipals().stream().map(Principal::getName).sorted().findFirst().orElse("");
  }

  /** Whom a connector has authenticated for this call; null for calls that came without one. */
  @SuppressWarnings("removal") // the only way on Java 17
  public static @Nullable Subject subject() {
    if (CURRENT == null) {
      return Subject.getSubject(AccessController.getContext());
    }
    try {
      return (Subject) CURRENT.invokeExact();
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException("Subject.current declares no exception", impossible);
    }
  }

  /** A name as an authenticator has made it up; it goes into log lines. */
  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._@=,-]", "_");
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), Request.ASKER_LENGTH_MAX));
  }
}
