package org.jsupervisor.definition;

import java.time.Duration;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;

/** One life after the other under a policy; its history is kept as the engine does. */
public final class RestartStory {
  private final RestartPolicy policy;
  private RestartHistory history = RestartHistory.EMPTY;

  /** A child that has not run yet. */
  public RestartStory(RestartPolicy policy) {
    this.policy = policy;
  }

  /** The program exits with this code after so many seconds. */
  public String exits(int code, long seconds) {
    return ends(new ExitStatus.Exited(code), ExitCause.BY_ITSELF, seconds);
  }

  /** There is no such program. */
  public String launchFails() {
    return ends(
        new ExitStatus.NeverStarted(new LaunchFailure(LaunchFault.CHILD, "ENOENT", "p", "no")),
        ExitCause.LAUNCH_FAILED,
        0);
  }

  /** The program is killed by this signal, for this cause. */
  public String signalled(String signal, ExitCause cause) {
    return ends(new ExitStatus.Signalled(new Signal(signal), false), cause, 1);
  }

  private String ends(ExitStatus status, ExitCause cause, long seconds) {
    Duration ran = Duration.ofSeconds(seconds);
    Exit exit = new Exit(new Incarnation(ChildId.of("c"), 1), status, cause, ran);
    RestartDecision decision = policy.decide(new RestartQuestion(exit, ran, history, 0, 0.5));
    if (decision instanceof RestartDecision.Restart restart) {
      history = history.restarted(restart, 0);
      return "restart after " + restart.delay().toSeconds();
    }
    if (decision instanceof RestartDecision.Quarantine quarantine) {
      history = history.quarantined(quarantine.count());
      return "quarantine for " + quarantine.pause().toSeconds();
    }
    return decision instanceof RestartDecision.StayDown down
        ? "down: " + down.reason()
        : decision.kind().toString();
  }
}
