package org.jsupervisor.jmx.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsupervisor.jmx.Role;

/**
 * Somebody has connected, or called an operation, or tried to. Reading is told only if it was
 * refused. Never an argument but the generation: a reason may hold anything.
 *
 * @param when at the end of it, by the wall clock
 * @param who the name that was authenticated; of a refused connection, that it claimed
 * @param role in which role; empty if the connection was refused
 * @param what {@code connect}, or the operation
 * @param target the object name; empty for {@code connect}
 * @param generation on which generation of the child, if the operation named one
 * @param outcome what came of it
 * @param detail for people: the answer, or why it was refused or has failed
 * @param took how long
 */
public record AuditEvent(
    Instant when,
    String who,
    Optional<Role> role,
    String what,
    String target,
    OptionalLong generation,
    Outcome outcome,
    String detail,
    Duration took) {
  /** What comes of an attempt. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It was allowed, and has failed. */
    FAILED,
    /** It was not allowed. */
    DENIED
  }

  /** One line, for logs. */
  public String describe() {
    return who
        + role.map(each -> " (" + each.text() + ")").orElse("")
        + ": "
        + what
        + (target.isEmpty() ? "" : " of " + target)
        + (generation.isPresent() ? ", generation " + generation.getAsLong() : "")
        + ": "
        + outcome
        + (detail.isEmpty() ? "" : ", " + detail)
        + " ("
        + took.toMillis()
        + " ms)";
  }
}
