package org.jsupervisor.definition.systemd;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DefinitionText;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;

/**
 * Reads service units of systemd: {@code NAME.service}, with the files in {@code NAME.service.d},
 * and for an instance in {@code NAME@.service.d}. The name of the child is that of the unit without
 * its ending; {@code NAME@INSTANCE.service}, usually a link to {@code NAME@.service}, is an
 * instance, and the template itself defines nothing; nor does a link to another unit of the
 * directory, which is a further name of that. Stateless and thread-safe; {@code
 * docs/formats/systemd.md} has all rules.
 */
public final class SystemdReader implements DefinitionReader {
  /** The largest file that is read. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final Path NOTHING = Path.of("/dev/null");
  private static final Duration STOP = Duration.ofSeconds(90);

  /** A reader without settings. */
  public SystemdReader() {}

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() == DirectoryEntry.Kind.DIRECTORY
        ? UnitName.isAdditions(entry.name())
        : entry.name().endsWith(UnitName.SUFFIX);
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    if (entry.kind() == DirectoryEntry.Kind.DIRECTORY
        || UnitName.isTemplate(entry.name())
        || !UnitName.meant(directory(entry), entry.name()).equals(entry.name())) {
      return List.of();
    }
    Findings findings = new Findings();
    String name = UnitName.child(entry.name());
    Reading reading = new Reading(entry, settings, new TrustedFiles(settings, findings), findings);
    Optional<ProcessSpec.Builder> builder =
        Optional.of(reading)
            .filter(any -> ChildId.isName(name))
            .flatMap(Reading::assignments)
            .map(all -> reading.builder(name, all));
    return List.of(findings.conclude(entry, name, () -> builder.orElseThrow().build()));
  }

  private static Path directory(DirectoryEntry entry) {
    return Optional.ofNullable(entry.path().getParent()).orElse(entry.path());
  }

  /** One unit being read. */
  private record Reading(
      DirectoryEntry entry, DefinitionSettings settings, TrustedFiles files, Findings findings) {
    /** Those of the unit and of its additions; empty if a file cannot be read. */
    Optional<List<UnitText.Assignment>> assignments() {
      UnitText text = new UnitText(findings);
      List<Path> all = new ArrayList<>();
      all.add(entry.path());
      all.addAll(additions());
      boolean isWhole = findings.count() == 0;
      for (Path each : all) {
        Optional<List<DefinitionText.Line>> lines =
            DefinitionText.lines(each, FILE_BYTES_MAX, files, findings);
        lines.ifPresent(text::read);
        isWhole &= lines.isPresent();
      }
      // Lines that are wrong are told together with values that are.
      return isWhole ? Optional.of(text.assignments()) : Optional.empty();
    }

    /** By name, whichever directory they are in; of two with one name, the more special. */
    private List<Path> additions() {
      Map<String, Path> found = new TreeMap<>();
      UnitName.withAdditions(entry.name()).forEach(unit -> addAdditions(unit, found));
      return found.values().stream().filter(path -> !isMask(path)).toList();
    }

    /** A link to nothing is there to hide what has its name in a more general directory. */
    private static boolean isMask(Path path) {
      try {
        return Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(NOTHING);
      } catch (IOException e) {
        // Whoever reads it tells what is wrong with it.
        return false;
      }
    }

    private void addAdditions(String unit, Map<String, Path> found) {
      Path directory = entry.path().resolveSibling(unit + ".d");
      if (files.exists(directory, LinkOption.NOFOLLOW_LINKS) && files.isTrusted(directory)) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*.conf")) {
          stream.forEach(path -> found.put(String.valueOf(path.getFileName()), path));
        } catch (IOException | DirectoryIteratorException e) {
          findings.problem(directory.toString(), "", "cannot be read: " + e);
        }
      }
    }

    ProcessSpec.Builder builder(String name, List<UnitText.Assignment> all) {
      Specifiers specifiers = Specifiers.of(name);
      Unit unit = new Unit(entry.path().toString(), all, specifiers, findings);
      UnitDirectories directories = new UnitDirectories(unit);
      UnitEnvironment environment = new UnitEnvironment(unit, files, directories.variables());
      UnitType type = UnitType.of(unit);
      UnitCommand.Reader commands =
          new UnitCommand.Reader(specifiers::expand, environment.variables(), findings);
      UnitCommand main = commands(unit, commands, type);
      SystemdPolicy policy = new UnitRestart(unit).read(type, main.ignoresFailure());
      ProcessSpec.Builder builder =
          ProcessSpec.builder(name, main.argv())
              .withEnvironment(environment.environment())
              .withReadiness(type.readiness(unit))
              .withRestart(policy)
              .withStop(stop(unit));
      main.argumentZero().map(ProgramStep.ArgumentZero::new).ifPresent(builder::addStep);
      before(unit, commands, type).forEach(builder::addStep);
      directories.steps().forEach(builder::addStep);
      new UnitSteps(unit, builder).read();
      new UnitStreams(unit, builder, settings.logRoot().resolve(name)).read();
      new UnitDependencies(unit, directory(entry), entry.name()).read(builder);
      killMode(unit, builder);
      UnitFinish.read(unit, commands, stopTime(unit), policy.exits().clean())
          .ifPresent(builder::withFinish);
      unit.duration("WatchdogSec")
          .filter(time -> !time.isZero())
          .flatMap(time -> unit.attempt("WatchdogSec", () -> Watchdog.every(time)))
          .ifPresent(builder::withWatchdog);
      notePathAndRemaining(unit, main, type);
      return builder;
    }

    /** The command that is the child; those before it are done before. */
    private UnitCommand commands(Unit unit, UnitCommand.Reader reader, UnitType type) {
      List<UnitCommand> all =
          unit.list("ExecStart").stream().flatMap(line -> reader.read(line).stream()).toList();
      if (all.isEmpty() && findings.count() == 0) {
        findings.problem(unit.place("ExecStart"), "", "must be there");
      } else if (all.size() > 1 && type != UnitType.ONESHOT) {
        findings.problem(unit.place("ExecStart"), "", "must be one command without Type=oneshot");
      }
      UnitCommand nothing = new UnitCommand(List.of("none"), Optional.empty(), false, false);
      UnitCommand main = all.isEmpty() ? nothing : all.get(all.size() - 1);
      checkPrivilege(unit, "ExecStart", all);
      return main;
    }

    private void checkPrivilege(Unit unit, String key, List<UnitCommand> commands) {
      if (unit.changesUser() && commands.stream().anyMatch(UnitCommand::privileged)) {
        findings.problem(
            unit.place(key), "", "must have no + and ! if there is a user: all are run as that");
      }
    }

    private List<ProgramStep.PreLaunch> before(
        Unit unit, UnitCommand.Reader reader, UnitType type) {
      List<UnitCommand> before = new ArrayList<>();
      unit.list("ExecStartPre").forEach(line -> before.addAll(reader.read(line)));
      checkPrivilege(unit, "ExecStartPre", before);
      if (type == UnitType.ONESHOT) {
        // What is to be noted of these is noted already.
        UnitCommand.Reader quiet =
            new UnitCommand.Reader(reader.specifiers(), reader.variables(), new Findings());
        List<UnitCommand> all = new ArrayList<>();
        unit.list("ExecStart").forEach(line -> all.addAll(quiet.read(line)));
        before.addAll(all.subList(0, Math.max(0, all.size() - 1)));
      }
      if (before.stream().anyMatch(command -> command.argumentZero().isPresent())) {
        findings.problem(
            unit.place("ExecStart"), "", "must have @ only at its last command, not before it");
      }
      return before.stream().map(Reading::preLaunch).toList();
    }

    private static ProgramStep.PreLaunch preLaunch(UnitCommand command) {
      if (!command.ignoresFailure()) {
        return new ProgramStep.PreLaunch(new Command(command.argv()));
      }
      List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" || :", "sh"));
      argv.addAll(command.argv());
      return new ProgramStep.PreLaunch(new Command(argv));
    }

    private StopSpec stop(Unit unit) {
      Signal signal = unit.value("KillSignal", settings::signal).orElse(Signal.TERM);
      Duration grace = stopTime(unit);
      if (!unit.isTrue("SendSIGKILL", true)) {
        findings.note(unit.place("SendSIGKILL"), "no", "is not honoured: KILL always comes");
      }
      return unit.attempt("TimeoutStopSec", () -> StopSpec.of(signal, grace))
          .orElse(StopSpec.defaults());
    }

    private static Duration stopTime(Unit unit) {
      Duration asked = unit.duration(unit.later("TimeoutStopSec", "TimeoutSec")).orElse(STOP);
      return asked.isZero() ? UnitTime.INFINITY : asked;
    }

    private void killMode(Unit unit, ProcessSpec.Builder builder) {
      Map<String, Leftovers> modes =
          Map.of(
              "control-group", Leftovers.KILLED,
              "mixed", Leftovers.KILLED,
              "process", Leftovers.KEPT);
      Optional<Leftovers> leftovers = unit.choice("KillMode", modes);
      leftovers.ifPresent(builder::withLeftovers);
      unit.text("KillMode")
          .filter(mode -> leftovers.isPresent() && !mode.equals("control-group"))
          .ifPresent(
              mode ->
                  findings.note(
                      unit.place("KillMode"),
                      mode,
                      "is not honoured at a stop: signals go to the whole group, and the rest"
                          + " is killed"));
    }

    private void notePathAndRemaining(Unit unit, UnitCommand main, UnitType type) {
      if (unit.isTrue("RemainAfterExit", false) && type != UnitType.ONESHOT) {
        findings.note(unit.place("RemainAfterExit"), "yes", "is not honoured: an end is an end");
      }
      if (main.argv().get(0).indexOf('/') < 0
          && !UnitEnvironment.PATH.equals(
              unit.words("Environment").stream()
                  .filter(word -> word.startsWith("PATH="))
                  .reduce("PATH=" + UnitEnvironment.PATH, (a, b) -> b)
                  .substring("PATH=".length()))) {
        findings.note(unit.place("ExecStart"), main.argv().get(0), "is looked up in its own PATH");
      }
    }
  }
}
