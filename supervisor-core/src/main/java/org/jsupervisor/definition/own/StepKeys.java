package org.jsupervisor.definition.own;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.FileStep.EnvironmentDirectory.IfMissing;
import org.jsupervisor.spec.FileStep.Lock.IfTaken;
import org.jsupervisor.spec.FileStep.Redirect.Opening;
import org.jsupervisor.spec.FileStep.Redirect.Stream;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.ProgramStep;

/**
 * The keys of a service file that say what is done before its program is executed: those about
 * files and the program. Relative paths begin at the child's directory.
 */
final class StepKeys {
  private static final Map<String, IfMissing> MISSING =
      Map.of("refused", IfMissing.REFUSED, "ignored", IfMissing.IGNORED);
  private static final Map<String, IfTaken> TAKEN =
      Map.of("waits", IfTaken.WAITS, "fails", IfTaken.FAILS);
  private static final Map<String, Opening> OPENINGS =
      Map.of("append", Opening.APPEND, "truncate", Opening.TRUNCATE);
  private static final Pattern MODE = Pattern.compile("[0-7]{1,4}");
  private static final int RUN_DIRECTORY_MODE = 0755;
  private static final int FIFO_MODE = 0600;
  private static final int REDIRECT_MODE = 0640;

  private final ServiceProperties properties;
  private final Path directory;
  private final List<LaunchStep> steps = new ArrayList<>();

  StepKeys(ServiceProperties properties, Path directory) {
    this.properties = properties;
    this.directory = directory;
  }

  /** All steps; those that are refused are left out, and told. */
  List<LaunchStep> read() {
    readEnvironment();
    readOwned(
        ServiceKey.RUN_DIRECTORY,
        RUN_DIRECTORY_MODE,
        o -> new FileStep.RunDirectory(o.path(), o.owner(), o.group(), o.mode()));
    readOwned(
        ServiceKey.FIFO,
        FIFO_MODE,
        o -> new FileStep.Fifo(o.path(), o.owner(), o.group(), o.mode()));
    readRedirects();
    readLock();
    readProgram();
    new LimitKeys(properties, directory).addTo(steps);
    new PrivilegeKeys(properties, directory).addTo(steps);
    return steps;
  }

  private void readEnvironment() {
    ServiceKey missing = ServiceKey.ENVIRONMENT_DIRECTORY_MISSING;
    IfMissing rule = properties.choice(missing, MISSING).orElse(IfMissing.REFUSED);
    requireFor(ServiceKey.ENVIRONMENT_DIRECTORY, missing);
    for (Entry each : properties.repeated(ServiceKey.ENVIRONMENT_DIRECTORY)) {
      add(each, path -> new FileStep.EnvironmentDirectory(path, rule));
    }
  }

  /** Keys that say how something is made, which must be there. */
  private void requireFor(ServiceKey made, ServiceKey... details) {
    if (properties.repeated(made).isEmpty() && !properties.has(made)) {
      properties.refuse("needs " + made.text(), details);
    }
  }

  /** What is made for somebody. */
  private record Owned(Path path, Optional<String> owner, Optional<String> group, int mode) {}

  private void readOwned(ServiceKey made, int usualMode, Function<Owned, LaunchStep> maker) {
    ServiceKey owner = detail(made, "owner");
    ServiceKey group = detail(made, "group");
    ServiceKey mode = detail(made, "mode");
    requireFor(made, owner, group, mode);
    Optional<String> who = properties.text(owner);
    Optional<String> whose = properties.text(group);
    int bits = octal(properties, mode).orElse(usualMode);
    for (Entry each : properties.repeated(made)) {
      add(each, path -> maker.apply(new Owned(path, who, whose, bits)));
    }
  }

  private static ServiceKey detail(ServiceKey made, String detail) {
    return ServiceKey.of(made.text() + "." + detail).orElseThrow();
  }

  private void readRedirects() {
    readStdin();
    Opening opening =
        properties.choice(ServiceKey.REDIRECT_OPENING, OPENINGS).orElse(Opening.APPEND);
    int mode = octal(properties, ServiceKey.REDIRECT_MODE).orElse(REDIRECT_MODE);
    boolean written = false;
    for (Stream stream : List.of(Stream.STDOUT, Stream.STDERR)) {
      ServiceKey key =
          ServiceKey.of("redirect." + stream.name().toLowerCase(Locale.ROOT)).orElseThrow();
      written |= properties.has(key);
      path(properties, key, directory)
          .flatMap(path -> built(key, () -> new FileStep.Redirect(stream, path, opening, mode)))
          .ifPresent(steps::add);
    }
    if (!written) {
      properties.refuse(
          "needs redirect.stdout or redirect.stderr",
          ServiceKey.REDIRECT_OPENING,
          ServiceKey.REDIRECT_MODE);
    }
  }

  private void readStdin() {
    ServiceKey key = ServiceKey.REDIRECT_STDIN;
    path(properties, key, directory)
        .flatMap(path -> built(key, () -> FileStep.Redirect.input(path)))
        .ifPresent(steps::add);
  }

  private void readLock() {
    requireFor(ServiceKey.LOCK, ServiceKey.LOCK_TAKEN);
    IfTaken taken = properties.choice(ServiceKey.LOCK_TAKEN, TAKEN).orElse(IfTaken.WAITS);
    path(properties, ServiceKey.LOCK, directory)
        .flatMap(path -> built(ServiceKey.LOCK, () -> new FileStep.Lock(path, taken)))
        .ifPresent(steps::add);
  }

  private void readProgram() {
    requireFor(ServiceKey.PRE_LAUNCH, ServiceKey.PRE_LAUNCH_ARGUMENT);
    properties
        .text(ServiceKey.PRE_LAUNCH)
        .flatMap(program -> built(ServiceKey.PRE_LAUNCH, () -> preLaunch(program)))
        .ifPresent(steps::add);
    properties
        .text(ServiceKey.ARGUMENT_ZERO)
        .flatMap(name -> built(ServiceKey.ARGUMENT_ZERO, () -> new ProgramStep.ArgumentZero(name)))
        .ifPresent(steps::add);
  }

  private LaunchStep preLaunch(String program) {
    List<String> argv = new ArrayList<>();
    argv.add(program);
    properties
        .repeated(ServiceKey.PRE_LAUNCH_ARGUMENT)
        .forEach(argument -> argv.add(argument.value()));
    return new ProgramStep.PreLaunch(new Command(argv));
  }

  private Optional<LaunchStep> built(ServiceKey key, Supplier<LaunchStep> maker) {
    return properties.build(maker, key);
  }

  private void add(Entry entry, Function<Path, LaunchStep> maker) {
    properties
        .findings()
        .attempt(
            properties.place(entry),
            entry.written(),
            () -> maker.apply(path(entry.value(), directory)))
        .ifPresent(steps::add);
  }

  /** A path that begins at the directory, if it is a relative one. */
  static Path path(String text, Path directory) {
    try {
      if (!text.isEmpty()) {
        return directory.resolve(text).normalize();
      }
    } catch (InvalidPathException noPath) {
      // Told below.
    }
    throw new IllegalArgumentException("must be a path");
  }

  /** The path of a key that may be there. */
  static Optional<Path> path(ServiceProperties properties, ServiceKey key, Path directory) {
    return ServiceSpecs.path(properties, key).map(directory::resolve).map(Path::normalize);
  }

  /** The mode or mask of a key that may be there. */
  static Optional<Integer> octal(ServiceProperties properties, ServiceKey key) {
    Optional<String> text = properties.text(key);
    if (text.filter(digits -> !MODE.matcher(digits).matches()).isPresent()) {
      properties.problem(key, "must be 0 to 0777, octal");
      return Optional.empty();
    }
    return text.map(digits -> Integer.parseInt(digits, 8));
  }
}
