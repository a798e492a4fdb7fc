package org.jsupervisor.definition.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;

/**
 * One service directory with a program {@code run}, of any family but perp's. Confined to the call
 * that reads it.
 */
final class RunService {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final ServiceFiles files;
  private final String name;
  private final Family family;
  private final DefinitionSettings settings;

  RunService(ServiceFiles files, String name, Family family, DefinitionSettings settings) {
    this.files = files;
    this.name = name;
    this.family = family;
    this.settings = settings;
  }

  /** The service, behind its logger, if it has one. */
  List<ProcessSpec.Builder> children() {
    ProcessSpec.Builder service = runs(name, files, name).withStop(stop(files));
    describe(service, files);
    start(service);
    if (family == Family.RUNIT) {
      RunitControls.read(files, service);
    }
    Optional<ProcessSpec.Builder> logger = logger();
    if (logger.isEmpty()) {
      return List.of(service.withOutput(ownLog()));
    }
    return List.of(logger.get(), service.withOutput(OutputSpec.toChild(loggerName())));
  }

  private String loggerName() {
    return name + ServiceDirectoryReader.LOGGER_SUFFIX;
  }

  /**
   * A child that executes {@code run}.
   *
   * @param id its name here
   * @param there its name there, which s6 hands to {@code run}
   */
  private ProcessSpec.Builder runs(String id, ServiceFiles where, String there) {
    where.checkProgram("run");
    ProcessSpec.Builder builder =
        family == Family.S6
            ? ProcessSpec.builder(id, "./run", there)
            : ProcessSpec.builder(id, "./run");
    return builder.withDirectory(where.directory()).withRestart(restart());
  }

  /** What services and loggers have in common beside. */
  private void describe(ProcessSpec.Builder builder, ServiceFiles where) {
    if (isDown(where)) {
      builder.withInitially(Desire.DOWN);
    }
    readiness(where).ifPresent(builder::withReadiness);
    finish(where).ifPresent(builder::withFinish);
  }

  private RestartPolicy restart() {
    return family == Family.ENCORE
        ? RestartPolicy.permanent().withNever(ExitSet.ENCORE_FAILED)
        : RestartPolicy.permanent();
  }

  private static boolean isDown(ServiceFiles where) {
    if (where.has("down") && !Files.isRegularFile(where.path("down"))) {
      where.problem("down", "", "must be a regular file");
    }
    return where.has("down");
  }

  private Optional<ReadinessSpec> readiness(ServiceFiles where) {
    return switch (family) {
      case S6 -> new S6Values(where).readiness(READY_WITHIN);
      case RUNIT ->
          where.checkOptionalProgram("check")
              ? Optional.of(ReadinessSpec.probed(Probe.command("./check")))
              : Optional.empty();
      case DAEMONTOOLS, ENCORE, PERP -> Optional.empty();
    };
  }

  private StopSpec stop(ServiceFiles where) {
    return switch (family) {
      case S6 -> new S6Values(where).stop(StopSpec.SIGNAL_GRACE_DEFAULT);
      case DAEMONTOOLS, ENCORE, RUNIT, PERP -> StopSpec.defaults();
    };
  }

  private Optional<FinishSpec> finish(ServiceFiles where) {
    return switch (family) {
      case S6 -> new S6Values(where).finish();
      case RUNIT ->
          where.checkOptionalProgram("finish")
              // runsv waits for it without limit.
              ? Optional.of(
                  FinishSpec.of(FinishSpec.Style.RUNIT, Command.of("./finish"))
                      .withLimit(FinishSpec.LIMIT_MAX))
              : Optional.empty();
      case DAEMONTOOLS, ENCORE, PERP -> Optional.empty();
    };
  }

  private void start(ProcessSpec.Builder service) {
    if (family == Family.ENCORE && files.checkOptionalProgram("start")) {
      files.note("start", "", "is run before every start of run, not only before the first");
      service.addStep(new ProgramStep.PreLaunch(Command.of("./start")));
    }
  }

  private Optional<ProcessSpec.Builder> logger() {
    return family == Family.ENCORE && files.hasProgram("log")
        ? Optional.of(logProgram())
        : files.logDirectory().map(this::logger);
  }

  private ProcessSpec.Builder logger(ServiceFiles log) {
    FamilyFiles.tell(log, family);
    EnvironmentFiles.tell(log, settings);
    if (log.has("log")) {
      log.note("log", "", "is not honoured: a logger has none");
    }
    if (family == Family.RUNIT && log.has("control")) {
      log.note("control", "", "is not honoured: a logger has none");
    }
    ProcessSpec.Builder logger = fed(runs(loggerName(), log, name + "/log"), stop(log));
    describe(logger, log);
    return logger;
  }

  /** Encore's second form: a program in the service directory, and no directory of its own. */
  private ProcessSpec.Builder logProgram() {
    files.checkProgram("log");
    ProcessSpec.Builder logger =
        ProcessSpec.builder(loggerName(), "./log")
            .withDirectory(files.directory())
            .withRestart(restart());
    if (files.has("down")) {
      logger.withInitially(Desire.DOWN);
    }
    return fed(logger, StopSpec.defaults());
  }

  /** What it writes itself has no other reader than a log directory. */
  private ProcessSpec.Builder fed(ProcessSpec.Builder logger, StopSpec stop) {
    return Loggers.fed(logger, settings.logRoot().resolve(loggerName()), stop);
  }

  /** Without a logger: a directory of its own, or the place where loggers have theirs. */
  private OutputSpec ownLog() {
    Path directory =
        files.hasDirectory("log")
            ? files.path("log").resolve("main")
            : settings.logRoot().resolve(name);
    return OutputSpec.logged(LogSpec.of(directory));
  }
}
