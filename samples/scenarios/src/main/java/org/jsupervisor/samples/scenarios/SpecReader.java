package org.jsupervisor.samples.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.Watchdog;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.spec.WorkerSpec;
import org.jsupervisor.strategy.RestartStrategy;

/** Reads a supervisor or a child; the defaults are those of Erlang/OTP. */
final class SpecReader {
  private static final Duration KILL_WAIT = Duration.ofSeconds(2);
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);

  private static final Map<String, Boolean> LIMITED = Words.of("intensity", true, "none", false);

  /** It is never called: a simulated task does what its run's line says. */
  private static final TaskBody BODY = context -> {};

  private SpecReader() {}

  /** The root of a tree. */
  static SupervisorSpec tree(Fields fields) {
    String name = fields.text("supervisor", "tree");
    SupervisorSpec tree = supervisor(fields, name);
    fields.done();
    return tree;
  }

  /** A child or a supervisor at its whole address. */
  static ChildSpec definition(Fields fields) {
    String key = fields.has("supervisor") ? "supervisor" : "child";
    ChildId id = fields.parsed(key, ChildId::of, ChildId.of("wrong"));
    return member(fields, key, id.name()).at(id);
  }

  private static ChildSpec member(Fields fields) {
    String key = fields.has("supervisor") ? "supervisor" : "child";
    ChildId id = fields.parsed(key, ChildId::of, ChildId.of("wrong"));
    return member(fields, key, id.path());
  }

  private static ChildSpec member(Fields fields, String key, String name) {
    ChildSpec spec = key.equals("supervisor") ? supervisor(fields, name) : worker(fields, name);
    fields.done();
    return spec;
  }

  private static SupervisorSpec supervisor(Fields fields, String name) {
    SupervisorSpec.Builder spec =
        SupervisorSpec.builder(name)
            .withStrategy(fields.word("strategy", Words.STRATEGY, RestartStrategy.oneForOne()))
            .withAutoShutdown(fields.word("auto_shutdown", Words.AUTO_SHUTDOWN, AutoShutdown.NEVER))
            .withStartFailure(
                fields.word(
                    "start_failure", Words.START_FAILURE, StartFailure.FAILS_THE_SUPERVISOR))
            .withLimit(limit(fields))
            .withStop(teamStop(fields))
            .withRestart(PolicyReader.policy(fields))
            .withInitially(fields.word("initially", Words.DESIRE, Desire.UP))
            .withSignificance(significance(fields));
    needs(fields).forEach(need -> spec.addDependency(need.on(), need.whenLost()));
    for (Object each : fields.list("children")) {
      spec.addChild(member(fields.below(each)));
    }
    return fields.checked(spec::build, SupervisorSpec.builder("wrong").build());
  }

  private static RestartLimit limit(Fields fields) {
    boolean isLimited = fields.word("limit", LIMITED, true);
    int intensity = (int) fields.number("intensity", 1, 0, 256);
    Duration period = fields.millis("period_ms", Duration.ofSeconds(5));
    return isLimited
        ? fields.checked(() -> RestartIntensity.of(intensity, period), RestartLimit.none())
        : RestartLimit.none();
  }

  private static Significance significance(Fields fields) {
    return fields.truth("significant", false) ? Significance.SIGNIFICANT : Significance.ORDINARY;
  }

  /** Of the whole tree. */
  static TreeLimits limits(Fields fields) {
    int startingMax = (int) fields.number("starting_max", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    boolean isLimited = fields.has("restarts");
    int restarts = (int) fields.number("restarts", 1, 0, 256);
    Duration period = fields.millis("within_ms", Duration.ofSeconds(5));
    Duration launch = fields.millis("launch_within_ms", Duration.ofMinutes(1));
    fields.done();
    return fields.checked(
        () ->
            new TreeLimits(
                isLimited ? RestartIntensity.of(restarts, period) : RestartLimit.none(),
                startingMax,
                launch),
        TreeLimits.defaults());
  }

  private static TeamStop teamStop(Fields fields) {
    TeamStop stop =
        TeamStop.defaults()
            .withOrder(fields.word("stop", Words.STOP_ORDER, TeamStop.Order.ONE_BY_ONE));
    if (!fields.has("stop_within_ms")) {
      return stop;
    }
    Duration within = fields.millis("stop_within_ms", Duration.ZERO);
    return fields.checked(() -> stop.withStopWithin(within), stop);
  }

  /** A name alone goes on when that is lost. */
  private static List<Dependency> needs(Fields fields) {
    List<Dependency> needs = new ArrayList<>();
    for (Object each : fields.list("needs")) {
      if (each instanceof String name) {
        needs.add(new Dependency(name, WhenLost.GOES_ON));
      } else {
        Fields need = fields.below(each);
        String on = need.text("on", "");
        needs.add(new Dependency(on, need.word("when_lost", Words.WHEN_LOST, WhenLost.GOES_ON)));
        need.done();
      }
    }
    return needs;
  }

  private static WorkerSpec worker(Fields fields, String name) {
    return fields.truth("task", false) ? task(fields, name) : process(fields, name);
  }

  private static WorkerSpec process(Fields fields, String name) {
    RestartPolicy policy = PolicyReader.policy(fields);
    ProcessSpec.Builder spec =
        ProcessSpec.builder(name, fields.text("program", "program"))
            .withRestart(policy)
            .withInitially(fields.word("initially", Words.DESIRE, Desire.UP))
            .withSignificance(significance(fields))
            .withReadiness(readiness(fields))
            .withStop(stop(fields));
    if (fields.has("watchdog_ms")) {
      Duration within = fields.millis("watchdog_ms", Duration.ZERO);
      spec.withWatchdog(fields.checked(() -> Watchdog.every(within), Watchdog.off()));
    }
    if (fields.has("finish")) {
      spec.withFinish(finish(fields));
    }
    spec.withSignalPrograms(signalPrograms(fields));
    spec.withInput(fields.word("input", Words.INPUT, InputSpec.none()));
    if (fields.has("feeds")) {
      spec.withOutput(OutputSpec.toChild(fields.text("feeds", "")));
    }
    needs(fields).forEach(need -> spec.addDependency(need.on(), need.whenLost()));
    return fields.checked(spec::build, ProcessSpec.builder("wrong", "wrong").build());
  }

  private static FinishSpec finish(Fields fields) {
    FinishSpec.Style style = fields.word("finish", Words.FINISH, FinishSpec.Style.NONE);
    FinishSpec usual = FinishSpec.of(style, "finish");
    Duration limit = fields.millis("finish_limit_ms", usual.limit());
    ExitSet never =
        fields.has("finish_never")
            ? fields.parsed("finish_never", ExitSet::parse, usual.never())
            : usual.never();
    return fields.checked(() -> usual.withLimit(limit).withNever(never), usual);
  }

  /** A simulation knows no files: what each is called says which signal it is run instead of. */
  private static SignalPrograms signalPrograms(Fields fields) {
    SignalPrograms programs = SignalPrograms.none();
    for (Object each : fields.list("signal_programs")) {
      Fields program = fields.below(each);
      Signal signal = program.parsed("signal", Signal::parse, Signal.TERM);
      program.done();
      programs = programs.with(signal, Command.of("instead-of-" + signal));
    }
    SignalPrograms all = programs;
    Duration limit = fields.millis("signal_program_limit_ms", all.limit());
    return fields.checked(() -> all.withLimit(limit), all);
  }

  private static WorkerSpec task(Fields fields, String name) {
    TaskSpec.Builder spec =
        TaskSpec.builder(name, BODY)
            .withRestart(PolicyReader.policy(fields))
            .withInitially(fields.word("initially", Words.DESIRE, Desire.UP))
            .withSignificance(significance(fields))
            .withReadiness(readiness(fields))
            .withGrace(fields.millis("shutdown_ms", SHUTDOWN));
    needs(fields).forEach(need -> spec.addDependency(need.on(), need.whenLost()));
    return fields.checked(spec::build, ProcessSpec.builder("wrong", "wrong").build());
  }

  private static ReadinessSpec readiness(Fields fields) {
    Map<String, ReadinessSpec.Kind> kinds =
        Words.of(
            "at_launch", ReadinessSpec.Kind.AT_LAUNCH,
            "alive_for", ReadinessSpec.Kind.ALIVE_FOR,
            "notified", ReadinessSpec.Kind.NOTIFIED,
            "notified_by_socket", ReadinessSpec.Kind.NOTIFIED_BY_SOCKET,
            "completed", ReadinessSpec.Kind.COMPLETED);
    Duration time = fields.millis("ready_ms", Duration.ofSeconds(1));
    return switch (fields.word("readiness", kinds, ReadinessSpec.Kind.AT_LAUNCH)) {
      case AT_LAUNCH -> ReadinessSpec.atLaunch();
      case ALIVE_FOR ->
          fields.checked(() -> ReadinessSpec.aliveFor(time), ReadinessSpec.atLaunch());
      case NOTIFIED ->
          fields.checked(() -> new ReadinessSpec.Notified(3, time), ReadinessSpec.atLaunch());
      case NOTIFIED_BY_SOCKET ->
          fields.checked(() -> new ReadinessSpec.NotifiedBySocket(time), ReadinessSpec.atLaunch());
      case PROBED -> throw new IllegalStateException("there is no word for a probe");
      case COMPLETED ->
          fields.checked(() -> ReadinessSpec.completed(time), ReadinessSpec.atLaunch());
    };
  }

  private static StopSpec stop(Fields fields) {
    Duration killWait = fields.millis("kill_wait_ms", KILL_WAIT);
    List<StopStep> ladder = new ArrayList<>();
    if (fields.has("ladder")) {
      fields.list("ladder").forEach(each -> ladder.add(step(fields.below(each))));
    } else if (!fields.truth("brutal_kill", false)) {
      Duration grace = fields.millis("shutdown_ms", SHUTDOWN);
      ladder.add(
          fields.checked(
              () -> StopStep.of(Signal.TERM, grace), StopStep.of(Signal.TERM, SHUTDOWN)));
    }
    return fields.checked(() -> new StopSpec(ladder, killWait), StopSpec.defaults());
  }

  private static StopStep step(Fields fields) {
    Duration grace = fields.millis("grace_ms", SHUTDOWN);
    if (fields.text("signal", "").equals(Words.END_OF_INPUT)) {
      fields.done();
      return fields.checked(() -> StopStep.endOfInput(grace), StopStep.of(Signal.TERM, SHUTDOWN));
    }
    Signal signal = fields.parsed("signal", Signal::parse, Signal.TERM);
    fields.done();
    return fields.checked(() -> StopStep.of(signal, grace), StopStep.of(signal, SHUTDOWN));
  }
}
