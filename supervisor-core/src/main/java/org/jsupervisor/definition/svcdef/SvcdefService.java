package org.jsupervisor.definition.svcdef;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.EnvDirectory;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.Setting;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.definition.directory.S6Values;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;

/** One definition. Confined to the call that reads it. */
final class SvcdefService {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final int TEXT_BYTES_MAX = 4096;

  private final ServiceFiles files;
  private final String name;
  private final DefinitionSettings settings;
  private final Findings findings;
  private final EnvDirectory directories;

  SvcdefService(ServiceFiles files, String name, DefinitionSettings settings, Findings findings) {
    this.files = files;
    this.name = name;
    this.settings = settings;
    this.findings = findings;
    this.directories = new EnvDirectory(new TrustedFiles(settings, findings), findings);
  }

  /**
   * The service, behind its logger, if it has one.
   *
   * @param env where its settings are
   */
  List<ProcessSpec.Builder> children(Path env, AccountUse use) {
    refuseIfBroken();
    Variables variables = variables(env);
    LaunchPattern pattern =
        new LaunchPattern(
            files.directory(), variables, new Words(files.names(), findings), findings);
    ProcessSpec.Builder service =
        ProcessSpec.builder(name, pattern.command())
            .withDirectory(files.directory())
            .withEnvironment(variables.environment())
            .withRestart(RestartPolicy.permanent())
            .withStop(new S6Values(files).stop(StopSpec.SIGNAL_GRACE_DEFAULT));
    pattern.steps(use).forEach(service::addStep);
    List<Dependency> needs = new Needs(files).read();
    needs.forEach(need -> service.addDependency(need.on(), need.whenLost()));
    if (!needs.isEmpty()) {
      noteNeedsEnabled(variables);
    }
    readiness().ifPresent(service::withReadiness);
    finish(variables).ifPresent(service::withFinish);
    if (files.has("down")) {
      service.withInitially(Desire.DOWN);
    }
    SvcdefFiles.tell(files);
    return withLogger(service);
  }

  private List<ProcessSpec.Builder> withLogger(ProcessSpec.Builder service) {
    LogDirectory log = new LogDirectory(files, name, settings.logRoot());
    Optional<ProcessSpec.Builder> logger = log.logger();
    if (logger.isPresent()) {
      return List.of(logger.get(), service.withOutput(OutputSpec.toChild(log.loggerName())));
    }
    Path own = settings.logRoot().resolve(name);
    return List.of(service.withOutput(OutputSpec.logged(LogSpec.of(own))));
  }

  private void refuseIfBroken() {
    if (files.has("broken")) {
      String text = files.text("broken", TEXT_BYTES_MAX).orElse("");
      files.problem(
          "broken",
          text.strip().replaceAll("\\p{Cntrl}+", " "),
          "must be removed by whoever has mended the definition");
    }
  }

  private Variables variables(Path env) {
    Path system = LinkChain.real(files.directory()).resolveSibling(".env");
    SortedMap<String, Setting> ofSystem = new TreeMap<>();
    if (Files.isDirectory(system)) {
      ofSystem.putAll(directories.read(system));
    } else {
      findings.note(system.toString(), "", "is not there: nothing holds for all definitions");
    }
    settings
        .site()
        .problems(name)
        .forEach(each -> findings.problem(each.path(), each.value(), each.rule()));
    settings
        .site()
        .notes(name)
        .forEach(each -> findings.note(each.path(), each.value(), each.rule()));
    return Variables.of(ofSystem, directories.read(env), settings.site().of(name));
  }

  private void noteNeedsEnabled(Variables variables) {
    Optional<Setting> enabled = variables.get(SvcdefVariable.NEEDS_ENABLED);
    if (enabled.flatMap(Setting::text).filter("0"::equals).isPresent()) {
      findings.note(enabled.get().origin(), "0", "is not honoured: what is needed comes first");
    }
  }

  private Optional<ReadinessSpec> readiness() {
    Optional<ReadinessSpec> notified = new S6Values(files).readiness(READY_WITHIN);
    boolean probes = files.checkOptionalProgram("check");
    if (notified.isPresent() && probes) {
      files.note("check", "", "is not honoured beside notification-fd");
    }
    return notified.or(
        () ->
            probes
                ? Optional.of(ReadinessSpec.probed(Probe.command("./check")))
                : Optional.empty());
  }

  /** As s6 does it if the system says so; daemontools, which has none, runs none. */
  private Optional<FinishSpec> finish(Variables variables) {
    boolean isS6 =
        variables
            .get(SvcdefVariable.FRAMEWORK)
            .flatMap(Setting::text)
            .filter("s6"::equals)
            .isPresent();
    if (isS6) {
      return new S6Values(files).finish();
    }
    if (files.has(S6Values.TIMEOUT_FINISH)) {
      files.note(S6Values.TIMEOUT_FINISH, "", "is not honoured: FRAMEWORK is not s6");
    }
    return files.checkOptionalProgram("finish")
        ? Optional.of(
            FinishSpec.of(FinishSpec.Style.RUNIT, Command.of("./finish"))
                .withLimit(FinishSpec.LIMIT_MAX))
        : Optional.empty();
  }
}
