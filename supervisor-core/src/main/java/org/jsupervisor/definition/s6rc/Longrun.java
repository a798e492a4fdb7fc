package org.jsupervisor.definition.s6rc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.directory.EnvironmentFiles;
import org.jsupervisor.definition.directory.Loggers;
import org.jsupervisor.definition.directory.S6Values;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;

/**
 * A definition of a process that is to stay: nearly a service directory of s6. Confined to the call
 * that reads it.
 */
final class Longrun {
  /** What stands here for a time without limit. */
  static final Duration LONGEST = Duration.ofDays(1);

  private final ServiceFiles files;
  private final String name;
  private final Path ownLog;
  private final Siblings siblings;

  Longrun(ServiceFiles files, String name, DefinitionSettings settings) {
    this.files = files;
    this.name = name;
    this.ownLog = settings.logRoot().resolve(name);
    this.siblings = new Siblings(files);
    EnvironmentFiles.tell(files, settings);
  }

  /** The time of a file; empty if there is none, or it is 0, which means no limit. */
  static Optional<Duration> limit(ServiceFiles files, String file) {
    return files.millis(file).filter(time -> !time.isZero());
  }

  /** What it depends on, with what is in bundles. */
  static void addDependencies(ProcessSpec.Builder child, ServiceFiles files, Siblings siblings) {
    String place = files.has("dependencies.d") ? "dependencies.d" : "dependencies";
    siblings.atomic(place, NameList.of(files, "dependencies")).forEach(child::addDependency);
  }

  ProcessSpec.Builder child() {
    files.checkProgram("run");
    S6Values values = new S6Values(files);
    StopSpec stop = values.stop(limit(files, "timeout-down").orElse(StopSpec.SIGNAL_GRACE_DEFAULT));
    ProcessSpec.Builder child =
        ProcessSpec.builder(name, "./run", name)
            .withDirectory(files.directory())
            .withRestart(RestartPolicy.permanent())
            .withOutput(OutputSpec.logged(LogSpec.of(ownLog)))
            .withStop(stop);
    reads(child, stop);
    values.readiness(limit(files, "timeout-up").orElse(LONGEST)).ifPresent(child::withReadiness);
    values.finish().ifPresent(child::withFinish);
    writes(child);
    addDependencies(child, files, siblings);
    return child;
  }

  /** From others, each of which must say so too: else one end of a pipe would be nobody's. */
  private void reads(ProcessSpec.Builder child, StopSpec stop) {
    List<String> producers = NameList.ofFile(files, "consumer-for");
    for (String producer : producers) {
      if (!siblings.writes(producer, name)) {
        files.problem(
            "consumer-for", producer, "must name longruns whose producer-for names " + name);
      }
    }
    if (!producers.isEmpty()) {
      Loggers.fed(child, ownLog, stop);
    }
  }

  private void writes(ProcessSpec.Builder child) {
    Optional<String> consumer = files.value("producer-for");
    if (consumer.isEmpty()) {
      return;
    }
    if (siblings.reads(consumer.get(), name)) {
      child.withOutput(OutputSpec.toChild(consumer.get()));
    } else {
      files.problem(
          "producer-for:1", consumer.get(), "must name a longrun whose consumer-for names " + name);
    }
  }
}
