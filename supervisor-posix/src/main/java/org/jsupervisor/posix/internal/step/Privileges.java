package org.jsupervisor.posix.internal.step;

import java.util.Optional;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.PrivilegeStep;

/**
 * What one program can take away at once.
 *
 * @param ids the user that it becomes
 * @param capabilities what it keeps
 * @param noNew the step against new privileges
 * @param parentDeath the signal at the host's end; asked for after a change of user, which clears
 *     it
 */
record Privileges(
    Optional<Ids> ids,
    Optional<PrivilegeStep.Capabilities> capabilities,
    Optional<PrivilegeStep.NoNewPrivileges> noNew,
    Optional<Signal> parentDeath) {
  /** Whether nothing is asked but a user. */
  boolean isUserOnly() {
    return capabilities.isEmpty() && noNew.isEmpty() && parentDeath.isEmpty();
  }

  boolean isNothing() {
    return isUserOnly() && ids.isEmpty();
  }
}
