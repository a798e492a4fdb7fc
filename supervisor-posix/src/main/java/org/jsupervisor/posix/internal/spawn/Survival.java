package org.jsupervisor.posix.internal.spawn;

import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.posix.internal.guard.GuardKeeper;
import org.jsupervisor.posix.internal.guard.GuardUnavailableException;
import org.jsupervisor.posix.internal.guard.RunKind;
import org.jsupervisor.posix.internal.guard.RunMark;
import org.jsupervisor.posix.internal.guard.RunToken;
import org.jsupervisor.posix.internal.leftover.TrackedRuns;
import org.jsupervisor.posix.internal.libc.SyscallException;

/**
 * What sees to it that a child dies with its host, or lives on without it, and that nothing of it
 * is left when it has ended.
 *
 * @param guard the process that waits for the end of the host
 * @param runs who lives
 * @param token marks every process of a run
 * @param pipes which pipes a child gets
 */
public record Survival(GuardKeeper guard, TrackedRuns runs, RunToken token, PipeChoice pipes) {
  /** Before a launch that cannot do without a guard. */
  void requireGuard(LaunchRequest request) throws GuardUnavailableException {
    switch (request.spec().hostDeath()) {
      case DIE -> guard.require();
      case SURVIVE -> {
        // Somebody has to read its output when the host is gone.
        if (!request.output().sinks().isEmpty()) {
          guard.require();
        }
      }
    }
  }

  TokenedRun begin(LaunchRequest request) throws SyscallException {
    RunMark mark = runs.begin(RunKind.of(request.spec()));
    return new TokenedRun(runs, mark, token.value(mark.kind(), mark.number()));
  }
}
