package org.jsupervisor.definition.svcdef;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.Setting;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;

/**
 * What the format's {@code run.sh} does with the variables: the run-state directory, the FIFO, and
 * the chain of programs that ends in the daemon. Confined to the call that reads a definition.
 */
final class LaunchPattern {
  private static final int DIRECTORY = 0755;
  private static final int GROUP_DIRECTORY = 0775;
  private static final int FIFO = 0600;
  private static final int GROUP_FIFO = 0660;

  private final Path directory;
  private final Variables variables;
  private final Words words;
  private final Findings findings;

  LaunchPattern(Path directory, Variables variables, Words words, Findings findings) {
    this.directory = directory;
    this.variables = variables;
    this.words = words;
    this.findings = findings;
  }

  /** The whole chain; empty, and a problem, if there is no daemon. */
  List<String> command() {
    boolean isGetty =
        variables.get(SvcdefVariable.DAEMON).isEmpty()
            && variables.get(SvcdefVariable.GETTY).isPresent();
    List<String> program = words(isGetty ? SvcdefVariable.GETTY : SvcdefVariable.DAEMON);
    if (program.isEmpty()) {
      findings.problem(
          directory.resolve("env").resolve("DAEMON").toString(), "", "must name a program");
    }
    List<String> command = new ArrayList<>(words(SvcdefVariable.PRELAUNCH));
    command.addAll(program);
    List<SvcdefVariable> arguments =
        isGetty
            ? List.of(SvcdefVariable.GETTYOPTS, SvcdefVariable.TTY, SvcdefVariable.SECONDARYOPTS)
            : List.of(SvcdefVariable.DAEMONOPTS);
    arguments.forEach(each -> command.addAll(words(each)));
    noteWhatIsNotThere(Stream.concat(command.stream().limit(1), program.stream().limit(1)));
    noteOther(isGetty);
    return command;
  }

  private List<String> words(SvcdefVariable variable) {
    return variables.get(variable).map(words::of).orElse(List.of());
  }

  /** A daemon that is not installed may be tomorrow, without a change of the definition. */
  private void noteWhatIsNotThere(Stream<String> programs) {
    programs
        .distinct()
        .filter(program -> !isThere(program))
        .forEach(
            program ->
                findings.note(
                    directory.toString(),
                    program,
                    "is no program that is there now: a launch would fail"));
  }

  private boolean isThere(String program) {
    Optional<String> path = variables.get(SvcdefVariable.PATH).flatMap(Setting::text);
    if (program.indexOf('/') < 0 && path.isEmpty()) {
      return true; // It depends on the host's PATH.
    }
    Stream<String> places =
        program.indexOf('/') >= 0
            ? Stream.of("")
            : Stream.of(path.orElse("").split(File.pathSeparator, -1));
    try {
      return places
          .map(place -> LinkChain.real(directory).resolve(place).resolve(program))
          .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void noteOther(boolean isGetty) {
    List<SvcdefVariable> idle =
        isGetty
            ? List.of(SvcdefVariable.DAEMONOPTS)
            : List.of(
                SvcdefVariable.GETTY,
                SvcdefVariable.GETTYOPTS,
                SvcdefVariable.TTY,
                SvcdefVariable.SECONDARYOPTS);
    String why = isGetty ? "is for a DAEMON: this is a getty" : "is for a GETTY: this has a DAEMON";
    idle.stream()
        .flatMap(each -> variables.own(each).stream())
        .forEach(each -> findings.note(each.origin(), "", why));
  }

  /** The directory, the FIFO, and the user, if the daemon is to be run as that. */
  List<LaunchStep> steps(AccountUse use) {
    Optional<String> owner = account(SvcdefVariable.T_UID);
    Optional<String> group = account(SvcdefVariable.T_GID);
    List<LaunchStep> steps = new ArrayList<>();
    for (Place place : places(SvcdefVariable.STATEDIR)) {
      int mode = group.isPresent() ? GROUP_DIRECTORY : DIRECTORY;
      attempt(place.said(), () -> new FileStep.RunDirectory(place.path(), owner, group, mode))
          .ifPresent(steps::add);
    }
    for (Place place : places(SvcdefVariable.FIFO)) {
      int mode = group.isPresent() ? GROUP_FIFO : FIFO;
      attempt(place.said(), () -> new FileStep.Fifo(place.path(), owner, group, mode))
          .ifPresent(steps::add);
    }
    switch (use) {
      case OWNS_FILES -> noteIdle(steps);
      case RUNS_DAEMON -> user(owner, group).ifPresent(steps::add);
    }
    return steps;
  }

  private void noteIdle(List<LaunchStep> steps) {
    if (steps.isEmpty()) {
      Stream.of(SvcdefVariable.T_UID, SvcdefVariable.T_GID)
          .flatMap(each -> variables.own(each).stream())
          .filter(each -> !each.text().orElse("").isBlank())
          .forEach(
              each ->
                  findings.note(
                      each.origin(),
                      "",
                      "owns nothing: there is no STATEDIR and no FIFO, and nobody is run as that"));
    }
  }

  private Optional<LaunchStep> user(Optional<String> owner, Optional<String> group) {
    Optional<Setting> groupSaid = variables.own(SvcdefVariable.T_GID);
    if (owner.isEmpty()) {
      if (group.isPresent()) {
        findings.problem(
            groupSaid.map(Setting::origin).orElse(""), group.get(), "needs a T_UID beside it");
      }
      return Optional.empty();
    }
    Setting said = variables.own(SvcdefVariable.T_UID).orElseThrow();
    return attempt(
        said, () -> new PrivilegeStep.User(owner.get(), group, Optional.<List<String>>empty()));
  }

  private Optional<String> account(SvcdefVariable variable) {
    return variables
        .own(variable)
        .flatMap(Setting::text)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A path, and who said it. */
  private record Place(Path path, Setting said) {}

  private List<Place> places(SvcdefVariable variable) {
    Optional<Setting> said = variables.own(variable);
    List<Place> places = new ArrayList<>();
    for (String word : said.map(words::of).orElse(List.of())) {
      attempt(said.orElseThrow(), () -> directory.resolve(word).normalize())
          .ifPresent(path -> places.add(new Place(path, said.orElseThrow())));
    }
    return places;
  }

  private <T> Optional<T> attempt(Setting said, Supplier<T> constructor) {
    return findings.attempt(said.origin(), said.text().orElse(""), constructor);
  }
}
