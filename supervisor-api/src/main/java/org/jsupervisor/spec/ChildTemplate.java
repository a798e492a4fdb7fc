package org.jsupervisor.spec;

import java.util.List;

/**
 * What the children of a supervisor are made of, one by one, while it is up: see {@link
 * SupervisorSpec.Builder#withTemplate} and {@code Supervisor.startInstance}.
 *
 * <p>It is called on the thread of whoever starts an instance, maybe on several at once, and never
 * on the engine's. Whatever it throws, and {@code null}, is a refusal of that start and hurts
 * nobody else. Two templates are the same if they are equal: a lambda is only equal to itself, so a
 * supervisor that is defined again with a new one starts anew, and forgets its instances.
 */
@FunctionalInterface
public interface ChildTemplate {
  /**
   * The spec of one instance. Its restarts run with the same spec, and so with the same arguments.
   *
   * @param name the name of the instance; the id of the spec that is returned does not matter, it
   *     is replaced by the address of the instance
   * @param arguments what the caller gave for this instance; immutable
   */
  ChildSpec instance(String name, List<String> arguments);

  /**
   * Processes that differ in their last arguments only: each instance is the pattern with its
   * arguments behind those of the pattern. For instances with output or tasks make your own.
   *
   * @throws InvalidSpecException with all problems, if the pattern has an output (one belongs to
   *     one child), is significant (its supervisor has no auto-shutdown) or is wanted down at first
   */
  static ChildTemplate of(ProcessSpec pattern) {
    return new ProcessTemplate(pattern);
  }
}
