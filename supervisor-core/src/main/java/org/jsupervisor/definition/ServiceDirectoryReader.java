package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;

/**
 * Reads service directories of daemontools, runit and s6: a directory with a program {@code run}.
 * Stateless and thread-safe.
 *
 * <p>{@code run} is executed with the name of the service as its argument, in the service
 * directory, and always started again. Honoured besides: {@code down}, {@code log/}, {@code
 * notification-fd}, {@code down-signal}, {@code timeout-kill}. A program {@code log/run} is a
 * logger: a child of its own, called as the service with {@value #LOGGER_SUFFIX} behind, that reads
 * what the service writes; {@code log/} is its service directory. What else the families know and
 * is there is told as a note, never passed over in silence.
 */
public final class ServiceDirectoryReader implements DefinitionReader {
  /** What the name of a logger ends with. */
  public static final String LOGGER_SUFFIX = ".log";

  /** The files of other programs' formats that are not honoured. */
  private static final Set<String> NOT_HONOURED =
      Set.of(
          // daemontools, daemontools-encore, runit
          "finish",
          "check",
          "control",
          "env",
          "start",
          "stop",
          "notify",
          "restart",
          // s6, s6-rc
          "data",
          "nosetsid",
          "lock-fd",
          "timeout-finish",
          "max-death-tally",
          "flag-timeout-killpg",
          "flag-newpidns",
          "reload-signal",
          "instance",
          "instances",
          "type",
          "dependencies",
          "dependencies.d",
          "producer-for",
          "consumer-for",
          "timeout-up",
          "timeout-down",
          "flag-essential",
          "up");

  private static final int VALUE_BYTES_MAX = 256;
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]{1,9}");

  /** A reader without settings. */
  public ServiceDirectoryReader() {}

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() == DirectoryEntry.Kind.DIRECTORY;
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    return List.of(definition(entry, settings));
  }

  @Override
  public List<Path> places(DirectoryEntry entry) {
    return List.of(entry.path(), entry.path().resolve("log"));
  }

  private static Definition definition(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    Reading reading = new Reading(entry.path(), new TrustedFiles(settings, findings), findings);
    String name = entry.name();
    if (!ChildId.isName(name) || !reading.files().isTrusted(entry.path())) {
      return findings.conclude(entry, name, () -> reading.builder(name).build());
    }
    ProcessSpec.Builder builder = reading.service(name, settings);
    if (!reading.hasLogger()) {
      builder.withOutput(reading.output(settings.logRoot().resolve(name)));
      return findings.conclude(entry, name, builder::build);
    }
    String loggerName = name + LOGGER_SUFFIX;
    ProcessSpec.Builder logger = logger(reading.below("log"), loggerName, settings);
    builder.withOutput(OutputSpec.toChild(loggerName));
    return findings.concludeAll(entry, name, () -> List.of(logger.build(), builder.build()));
  }

  /** What it writes itself has no other reader than a log directory. */
  private static ProcessSpec.Builder logger(
      Reading reading, String name, DefinitionSettings settings) {
    ProcessSpec.Builder builder =
        reading
            .service(name, settings)
            .withInput(InputSpec.fed())
            .withOutput(OutputSpec.logged(LogSpec.of(settings.logRoot().resolve(name))));
    if (!reading.has("notification-fd")) {
      // The service need not wait for it longer than that: the pipe is there.
      builder.withReadiness(ReadinessSpec.atLaunch());
    }
    List<StopStep> ladder = new ArrayList<>();
    ladder.add(StopSpec.endOfInput().ladder().get(0));
    StopSpec signals = reading.stop(settings);
    ladder.addAll(signals.ladder());
    return builder.withStop(new StopSpec(ladder, signals.killWait()));
  }

  /** One directory being read. */
  private record Reading(Path directory, TrustedFiles files, Findings findings) {
    Path file(String name) {
      return directory.resolve(name);
    }

    Reading below(String name) {
      return new Reading(file(name), files, findings);
    }

    ProcessSpec.Builder builder(String name) {
      return ProcessSpec.builder(name, file("run").toString(), name)
          .withDirectory(directory)
          .withRestart(RestartPolicy.permanent());
    }

    /** What a service and a logger have in common. */
    ProcessSpec.Builder service(String name, DefinitionSettings settings) {
      ProcessSpec.Builder builder = builder(name);
      new RunFile(file("run"), files, findings).check();
      down().ifPresent(builder::withInitially);
      readiness().ifPresent(builder::withReadiness);
      builder.withStop(stop(settings));
      noteWhatIsNotHonoured();
      return builder;
    }

    /** One that cannot be run is a problem of the service. */
    boolean hasLogger() {
      return Files.isDirectory(file("log"))
          && files.isTrusted(file("log"))
          && below("log").has("run");
    }

    boolean has(String name) {
      return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    Optional<Desire> down() {
      if (!has("down")) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(file("down"))) {
        findings.problem(file("down").toString(), "", "must be a regular file");
      }
      return Optional.of(Desire.DOWN);
    }

    /** The first line of a small file, without blanks around it; empty if there is none. */
    Optional<String> line(String name) {
      if (!has(name)) {
        return Optional.empty();
      }
      return files
          .read(file(name), VALUE_BYTES_MAX)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .map(text -> text.lines().findFirst().orElse("").strip());
    }

    Optional<ReadinessSpec> readiness() {
      Path path = file("notification-fd");
      return line("notification-fd")
          .flatMap(
              text -> {
                if (!DESCRIPTOR.matcher(text).matches()) {
                  findings.problem(path + ":1", text, "must be a descriptor, in decimal");
                  return Optional.empty();
                }
                return findings.attempt(
                    path + ":1", text, () -> ReadinessSpec.notified(Integer.parseInt(text)));
              });
    }

    StopSpec stop(DefinitionSettings settings) {
      Signal signal =
          line("down-signal")
              .flatMap(
                  text ->
                      findings.attempt(
                          file("down-signal") + ":1", text, () -> settings.signal(text)))
              .orElse(Signal.TERM);
      return line("timeout-kill")
          .flatMap(text -> graceful(signal, text))
          .orElse(StopSpec.of(signal, StopSpec.SIGNAL_GRACE_DEFAULT));
    }

    private Optional<StopSpec> graceful(Signal signal, String millis) {
      Path path = file("timeout-kill");
      if (!MILLIS.matcher(millis).matches()) {
        findings.problem(path + ":1", millis, "must be a number of milliseconds");
        return Optional.empty();
      }
      if (Long.parseLong(millis) == 0) {
        findings.note(path, millis, "is not honoured: KILL always comes, here after 10 s");
        return Optional.empty();
      }
      return findings.attempt(
          path + ":1",
          millis,
          () -> StopSpec.of(signal, Duration.ofMillis(Long.parseLong(millis))));
    }

    OutputSpec output(Path ownLog) {
      if (!has("log")) {
        return OutputSpec.logged(LogSpec.of(ownLog));
      }
      Path log = file("log");
      if (!Files.isDirectory(log)) {
        findings.problem(log.toString(), "", "must be a directory");
      }
      return OutputSpec.logged(LogSpec.of(log.resolve("main")));
    }

    void noteWhatIsNotHonoured() {
      Set<String> names = new TreeSet<>();
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(
              directory, path -> NOT_HONOURED.contains(String.valueOf(path.getFileName())))) {
        entries.forEach(path -> names.add(String.valueOf(path.getFileName())));
      } catch (IOException | DirectoryIteratorException e) {
        findings.problem(directory.toString(), "", "cannot be read: " + e);
      }
      names.forEach(name -> findings.note(file(name), "", "is not honoured yet"));
    }
  }
}
