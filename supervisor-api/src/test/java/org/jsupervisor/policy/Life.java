package org.jsupervisor.policy;

import java.time.Duration;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;

/** One child's lives as its policy sees them, with the history kept as the engine does. */
final class Life {
  static final ExitStatus CRASHED = new ExitStatus.Exited(3);
  static final ExitStatus NO_PROGRAM = failed(LaunchFault.CHILD, "ENOENT");
  static final ExitStatus NO_ROOM = failed(LaunchFault.HOST, "EAGAIN");

  private final RestartPolicy policy;
  private RestartHistory history = RestartHistory.EMPTY;
  private long nowNanos;

  /** The clock of this life wraps soon. */
  Life(RestartPolicy policy) {
    this(policy, Long.MAX_VALUE - 1_000);
  }

  Life(RestartPolicy policy, long originNanos) {
    this.policy = policy;
    this.nowNanos = originNanos;
  }

  RestartHistory history() {
    return history;
  }

  void pass(Duration time) {
    nowNanos += time.toNanos();
  }

  /** It crashes after it had been ready for so long; the clock stands still. */
  RestartDecision ends(Duration readyFor) {
    return ends(exit(CRASHED, readyFor), readyFor);
  }

  /** It ends so, and was never ready. */
  RestartDecision ends(ExitStatus status) {
    return ends(exit(status, Duration.ZERO), Duration.ZERO);
  }

  RestartDecision ends(Exit exit, Duration readyFor) {
    RestartDecision decision =
        policy.decide(new RestartQuestion(exit, readyFor, history, nowNanos, 0.5));
    if (decision instanceof RestartDecision.Restart restart) {
      history = history.restarted(restart, nowNanos);
    } else if (decision instanceof RestartDecision.Quarantine quarantine) {
      history = history.quarantined(quarantine.count());
    }
    return decision;
  }

  static Exit exit(ExitStatus status, Duration ran) {
    boolean neverStarted = status.kind() == ExitStatus.Kind.NEVER_STARTED;
    return new Exit(
        new Incarnation(ChildId.of("c"), 1),
        status,
        neverStarted ? ExitCause.LAUNCH_FAILED : ExitCause.BY_ITSELF,
        ran);
  }

  private static ExitStatus failed(LaunchFault fault, String error) {
    return new ExitStatus.NeverStarted(new LaunchFailure(fault, error, "p", "no"));
  }
}
