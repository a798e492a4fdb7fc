package org.jsupervisor.jmx.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;

/** One child, as its beans see it. Thread-safe. */
final class Child {
  /** For what is done at once: this is for a busy engine. */
  static final int AT_ONCE_SECONDS = 5;

  private final Tree tree;
  private final ChildId id;
  private final ServiceNames names;

  /**
   * What attributes tell when the child has just been removed. Volatile: any reader may refresh it;
   * which of two that race wins does not matter, both have seen the child alive.
   */
  private volatile ChildSnapshot lastKnown;

  Child(Tree tree, ChildSnapshot first, ServiceNames names) {
    this.tree = tree;
    this.id = first.id();
    this.names = names;
    this.lastKnown = first;
  }

  ChildId id() {
    return id;
  }

  Supervisor supervisor() {
    return tree.supervisor();
  }

  /** Its own beans. */
  ServiceNames names() {
    return names;
  }

  /** The bean of its tree. */
  ObjectName supervisorName() {
    return tree.names().supervisor();
  }

  /** The wall clock. */
  Instant time() {
    return tree.clock().instant();
  }

  /** As it is, or was last. */
  ChildSnapshot now() {
    ChildSnapshot now = tree.supervisor().child(id).orElse(lastKnown);
    lastKnown = now;
    return now;
  }

  /** As what it is defined; empty if it is gone. */
  Optional<ChildSpec> spec() {
    return tree.supervisor().spec(id);
  }

  /** Likewise, if it is a process; null otherwise. */
  @Nullable ProcessSpec process() {
    return spec().orElse(null) instanceof ProcessSpec process ? process : null;
  }

  String ask(Command command, Request request, int waitSeconds) {
    return answer(
        () -> command.submit(tree.supervisor(), id, request), waitSeconds, command.done());
  }

  /** Asks, and waits for a while; what came of it begins with the verb. */
  String answer(Supplier<CompletionStage<ChildSnapshot>> operation, int waitSeconds, String verb) {
    return Console.answer(
        operation,
        waitSeconds,
        child -> verb + ": " + state(child),
        () -> "phase " + now().phase());
  }

  private static String state(ChildSnapshot child) {
    return child
        .pid()
        .map(pid -> "pid " + pid + (child.ready() ? " ready" : " not ready"))
        .orElseGet(() -> "phase " + child.phase());
  }
}
