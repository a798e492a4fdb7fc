package org.jsupervisor.samples.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.policy.ExponentialBackoff;
import org.jsupervisor.policy.FixedBackoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.OtpRestartPolicy;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TreeLimits;

/** Writes a supervisor or a child as {@link SpecReader} reads it. */
final class SpecWriter {
  private SpecWriter() {}

  /** The root, or a child with this name or address. */
  static Map<String, Object> spec(ChildSpec spec, String name) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(spec instanceof SupervisorSpec ? "supervisor" : "child", name);
    policy(spec.restart(), object);
    object.put("initially", Words.word(Words.DESIRE, spec.initially()));
    object.put("significant", spec.significance() == Significance.SIGNIFICANT);
    if (!spec.dependencies().isEmpty()) {
      object.put("needs", spec.dependencies().stream().map(SpecWriter::need).toList());
    }
    if (spec instanceof SupervisorSpec supervisor) {
      supervisor(supervisor, object);
    } else if (spec instanceof ProcessSpec process) {
      process(process, object);
    } else if (spec instanceof TaskSpec task) {
      object.put("task", true);
      readiness(task.readiness(), object);
      object.put("shutdown_ms", task.grace().toMillis());
    }
    return object;
  }

  private static Map<String, Object> need(Dependency need) {
    return Words.of("on", need.on(), "when_lost", Words.word(Words.WHEN_LOST, need.whenLost()));
  }

  /** Of the whole tree; empty if there are none but the usual. */
  static Map<String, Object> limits(TreeLimits limits) {
    Map<String, Object> object = new LinkedHashMap<>();
    TreeLimits usual = TreeLimits.defaults();
    if (limits.startingMax() != usual.startingMax()) {
      object.put("starting_max", limits.startingMax());
    }
    if (limits.restarts() instanceof RestartIntensity restarts) {
      object.put("restarts", restarts.restarts());
      object.put("within_ms", restarts.period().toMillis());
    }
    if (!limits.launchWithin().equals(usual.launchWithin())) {
      object.put("launch_within_ms", limits.launchWithin().toMillis());
    }
    return object;
  }

  private static void supervisor(SupervisorSpec spec, Map<String, Object> object) {
    object.put("strategy", Words.word(Words.STRATEGY, spec.strategy()));
    if (spec.limit() instanceof RestartIntensity limit) {
      object.put("intensity", limit.restarts());
      object.put("period_ms", limit.period().toMillis());
    } else {
      object.put("limit", "none");
    }
    object.put("auto_shutdown", Words.word(Words.AUTO_SHUTDOWN, spec.autoShutdown()));
    object.put("start_failure", Words.word(Words.START_FAILURE, spec.startFailure()));
    object.put("stop", Words.word(Words.STOP_ORDER, spec.stop().order()));
    spec.stop().within().ifPresent(within -> object.put("stop_within_ms", within.toMillis()));
    List<Object> children = new ArrayList<>();
    spec.children().forEach(child -> children.add(spec(child, child.id().name())));
    object.put("children", children);
  }

  private static void process(ProcessSpec spec, Map<String, Object> object) {
    object.put("program", spec.command().program());
    streams(spec, object);
    readiness(spec.readiness(), object);
    spec.watchdog().within().ifPresent(within -> object.put("watchdog_ms", within.toMillis()));
    spec.finish().ifPresent(finish -> finish(finish, object));
    signalPrograms(spec.signalPrograms(), object);
    List<Object> ladder = new ArrayList<>();
    for (StopStep step : spec.stop().ladder()) {
      String name =
          step instanceof StopStep.SendSignal polite ? polite.signal().name() : Words.END_OF_INPUT;
      ladder.add(Words.<Object>of("signal", name, "grace_ms", step.grace().toMillis()));
    }
    object.put("ladder", ladder);
    object.put("kill_wait_ms", spec.stop().killWait().toMillis());
  }

  private static void finish(FinishSpec finish, Map<String, Object> object) {
    object.put("finish", Words.word(Words.FINISH, finish.style()));
    object.put("finish_limit_ms", finish.limit().toMillis());
    if (!finish.never().equals(finish.style().neverByDefault())) {
      object.put("finish_never", finish.never().toString());
    }
  }

  private static void signalPrograms(SignalPrograms programs, Map<String, Object> object) {
    if (!programs.programs().isEmpty()) {
      object.put(
          "signal_programs",
          programs.programs().keySet().stream()
              .map(signal -> Words.<Object>of("signal", signal.name()))
              .toList());
      object.put("signal_program_limit_ms", programs.limit().toMillis());
    }
  }

  /** A simulation knows no files, and no sinks. */
  private static void streams(ProcessSpec spec, Map<String, Object> object) {
    if (spec.input().kind() != InputSpec.Kind.NONE) {
      object.put("input", Words.word(Words.INPUT, spec.input()));
    }
    if (spec.output() instanceof OutputSpec.ToChild to) {
      object.put("feeds", to.consumer());
    }
  }

  private static void readiness(ReadinessSpec readiness, Map<String, Object> object) {
    if (readiness instanceof ReadinessSpec.AliveFor alive) {
      object.put("readiness", "alive_for");
      object.put("ready_ms", alive.time().toMillis());
    } else if (readiness instanceof ReadinessSpec.Notified notified) {
      object.put("readiness", "notified");
      object.put("ready_ms", notified.within().toMillis());
    } else if (readiness instanceof ReadinessSpec.NotifiedBySocket notified) {
      object.put("readiness", "notified_by_socket");
      object.put("ready_ms", notified.within().toMillis());
    } else if (readiness instanceof ReadinessSpec.Probed) {
      throw new IllegalArgumentException("there are no words for the readiness " + readiness);
    } else if (readiness instanceof ReadinessSpec.Completed completed) {
      object.put("readiness", "completed");
      object.put("ready_ms", completed.within().toMillis());
    } else {
      object.put("readiness", "at_launch");
    }
  }

  private static void policy(RestartPolicy policy, Map<String, Object> object) {
    object.put("restart", Words.word(Words.RESTART, policy.type()));
    if (policy instanceof StandardRestartPolicy standard) {
      standard(standard, object);
    } else if (!(policy instanceof OtpRestartPolicy)) {
      throw new IllegalArgumentException("there are no words for the policy " + policy);
    }
  }

  private static void standard(StandardRestartPolicy policy, Map<String, Object> object) {
    object.put("policy", "standard");
    if (policy.limit() instanceof RestartIntensity limit) {
      object.put("restarts", limit.restarts());
      object.put("within_ms", limit.period().toMillis());
    }
    object.put("start_attempts", policy.startAttempts());
    object.put("reset_after_ms", policy.resetAfter().toMillis());
    if (policy.backoff() instanceof FixedBackoff fixed) {
      object.put("backoff_ms", fixed.delay().toMillis());
    } else if (policy.backoff() instanceof ExponentialBackoff exponential) {
      object.put("backoff_ms", exponential.initial().toMillis());
      object.put("backoff_max_ms", exponential.cap().toMillis());
    }
    if (policy.giveUp() instanceof GiveUp.Quarantine quarantine) {
      object.put("give_up", "quarantine");
      object.put("quarantine_ms", quarantine.pause().toMillis());
      object.put("quarantine_max_ms", quarantine.pauseMax().toMillis());
    } else {
      object.put("give_up", policy.giveUp() instanceof GiveUp.Escalate ? "escalate" : "stay_down");
    }
  }
}
