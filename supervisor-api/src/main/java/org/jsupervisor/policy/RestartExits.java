package org.jsupervisor.policy;

import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;

/**
 * Which exits decide for themselves. The rules are systemd's and stand in its order: {@code never}
 * ({@code RestartPreventExitStatus}), then {@code always} ({@code RestartForceExitStatus}), then
 * the restart type with {@code clean} ({@code SuccessExitStatus}).
 *
 * <p>{@code never} and {@code always} look at how the run ended, whoever wanted it. A run that was
 * stopped, because it was not ready in its time, was silent for too long or was asked to, is never
 * clean.
 *
 * @param clean the exits of a child that has finished its work
 * @param never the exits after which it is not restarted, whatever its type
 * @param always the exits after which it is restarted, whatever its type
 */
public record RestartExits(ExitSet clean, ExitSet never, ExitSet always) {
  /** Exit code 0 is clean; no exit overrides the type. */
  public static final RestartExits DEFAULTS =
      new RestartExits(ExitSet.CLEAN, ExitSet.NONE, ExitSet.NONE);

  boolean isClean(Exit exit) {
    boolean stopped =
        switch (exit.cause()) {
          case BY_ITSELF, LAUNCH_FAILED -> false;
          case ASKED_TO_STOP, START_TIMEOUT, WATCHDOG -> true;
        };
    return !stopped && (isCompleted(exit) || clean.contains(exit.status()));
  }

  /** A supervisor that shut down in order, or a task that returned, has no code to be named. */
  private static boolean isCompleted(Exit exit) {
    return exit.status().kind() == ExitStatus.Kind.COMPLETED;
  }

  boolean isNever(Exit exit) {
    return never.contains(exit.status());
  }

  boolean isAlways(Exit exit) {
    return always.contains(exit.status());
  }
}
