package org.jsupervisor.definition.supervisord;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.ShellWords;
import org.jsupervisor.definition.supervisord.SupervisordPolicy.Autorestart;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.StopSpec;

/** One section {@code [program:x]}: its processes, each a child of its own. */
final class Program {
  /** The most processes of one program. */
  static final int NUMPROCS_MAX = 1000;

  private static final Pattern CODES =
      Pattern.compile("\\s*+[0-9]{1,3}+\\s*+(?:,\\s*+[0-9]{1,3}+\\s*+)*+");

  /**
   * What all programs of a file have in common.
   *
   * @param format what can be expanded everywhere
   * @param environment of {@code [supervisord]}
   */
  record File(
      DirectoryEntry entry,
      DefinitionSettings settings,
      PercentFormat format,
      Map<String, String> environment) {}

  private final File file;
  private final IniText.Section section;
  private final String name;
  private final String group;

  Program(File file, IniText.Section section, String group) {
    this.file = file;
    this.section = section;
    this.name = SectionKind.PROGRAM.name(section);
    this.group = group;
  }

  /**
   * All its processes. What makes it unknown how they are called is told to the findings of the
   * file, and the answer is then without meaning.
   */
  List<Definition> read(Findings ofFile) {
    PercentFormat ofAll = file.format().with(Map.of("program_name", name, "group_name", group));
    Values values = new Values(section, ofAll, ofFile);
    int first = values.integer(ProgramKey.NUMPROCS_START, 0);
    int count = values.integer(ProgramKey.NUMPROCS, 1);
    String written =
        values
            .option(ProgramKey.PROCESS_NAME)
            .map(IniText.Option::value)
            .orElse("%(program_name)s");
    if (count > NUMPROCS_MAX) {
      ofFile.problem(
          values.place(ProgramKey.NUMPROCS),
          Integer.toString(count),
          "must be at most " + NUMPROCS_MAX);
    } else if (count > 1 && !written.contains("%(process_num)")) {
      ofFile.problem(
          values.place(ProgramKey.PROCESS_NAME), written, "must have %(process_num) in it");
    }
    if (count == 0) {
      ofFile.note(values.place(ProgramKey.NUMPROCS), "0", "defines no process");
    }
    List<Definition> definitions = new ArrayList<>();
    for (int number = first; number < first + count && ofFile.count() == 0; number++) {
      PercentFormat plain =
          ofAll.with(
              Map.of("numprocs", Integer.toString(count), "process_num", Integer.toString(number)));
      // What is wrong with it is told when it is read for the process.
      PercentFormat format =
          plain.withVariables(environment(values.with(plain, new Findings())).orElse(Map.of()));
      Optional<String> child = name(values.with(format, ofFile), written);
      child.ifPresent(each -> definitions.add(definition(each.strip(), plain, format)));
    }
    return definitions;
  }

  /** The variables of the program itself. */
  private static Optional<Map<String, String>> environment(Values values) {
    return values
        .text(ProgramKey.ENVIRONMENT)
        .flatMap(
            text ->
                values
                    .findings()
                    .attempt(
                        values.place(ProgramKey.ENVIRONMENT),
                        "",
                        () -> EnvironmentText.parse(text)));
  }

  private static Optional<String> name(Values values, String written) {
    return values
        .findings()
        .attempt(
            values.place(ProgramKey.PROCESS_NAME), written, () -> values.format().expand(written));
  }

  /**
   * One process.
   *
   * @param plain without the variables of the program
   * @param format with them
   */
  private Definition definition(String child, PercentFormat plain, PercentFormat format) {
    Findings findings = new Findings();
    Values values = new Values(section, format, findings);
    Map<String, String> own = environment(values.with(plain, findings)).orElse(Map.of());
    ProcessSpec.Builder builder = new Reading(values, own, file, child, group).builder();
    values.noteWhatIsNotHonoured();
    return findings.conclude(file.entry(), child, builder::build);
  }

  /** One process being read. */
  private record Reading(
      Values values, Map<String, String> variables, File file, String child, String group) {
    ProcessSpec.Builder builder() {
      ProcessSpec.Builder builder = ProcessSpec.builder(child, argv());
      Environment environment = environment();
      noteThePath(environment);
      builder
          .withEnvironment(environment)
          .withStop(stop())
          .withOutput(new ProgramOutput(values, file.settings().logRoot().resolve(child)).read());
      directory().ifPresent(builder::withDirectory);
      int startsecs = values.integer(ProgramKey.STARTSECS, 1);
      builder.withReadiness(
          startsecs == 0
              ? ReadinessSpec.atLaunch()
              : ReadinessSpec.aliveFor(Duration.ofSeconds(startsecs)));
      builder.withRestart(restart(Duration.ofSeconds(startsecs)));
      if (!values.isTrue(ProgramKey.AUTOSTART, true)) {
        builder.withInitially(Desire.DOWN);
      }
      values
          .text(ProgramKey.USER)
          .flatMap(user -> attempt(ProgramKey.USER, user, () -> PrivilegeStep.User.of(user)))
          .ifPresent(builder::addStep);
      values
          .octal(ProgramKey.UMASK)
          .flatMap(
              mask ->
                  attempt(
                      ProgramKey.UMASK,
                      Integer.toOctalString(mask),
                      () -> new ResourceStep.Umask(mask)))
          .ifPresent(builder::addStep);
      return builder;
    }

    private <T> Optional<T> attempt(ProgramKey key, String value, Supplier<T> constructor) {
      return values.findings().attempt(values.place(key), value, constructor);
    }

    private List<String> argv() {
      Optional<String> command = values.text(ProgramKey.COMMAND);
      List<String> argv =
          command
              .flatMap(text -> attempt(ProgramKey.COMMAND, "", () -> ShellWords.split(text)))
              .orElse(List.of());
      if (argv.isEmpty() && values.findings().count() == 0) {
        values.findings().problem(values.place(ProgramKey.COMMAND), "", "must name a program");
      }
      return argv;
    }

    private Environment environment() {
      Map<String, String> all = new HashMap<>();
      all.put("SUPERVISOR_ENABLED", "1");
      all.put("SUPERVISOR_PROCESS_NAME", child);
      all.put("SUPERVISOR_GROUP_NAME", group);
      all.putAll(file.environment());
      all.putAll(variables);
      Environment environment = Environment.inheritAll();
      for (var each : all.entrySet()) {
        environment =
            values.findings().set(environment, values.place(ProgramKey.ENVIRONMENT), each);
      }
      return environment;
    }

    private void noteThePath(Environment environment) {
      List<String> argv = values.findings().count() == 0 ? argv() : List.of();
      if (environment.variables().containsKey("PATH")
          && !argv.isEmpty()
          && argv.get(0).indexOf('/') < 0) {
        values
            .findings()
            .note(
                values.place(ProgramKey.COMMAND),
                argv.get(0),
                "is looked up in its own PATH, not in that of the supervisor");
      }
    }

    private Optional<Path> directory() {
      return values.value(
          ProgramKey.DIRECTORY,
          "must be an absolute path; %(here)s is the directory of the file",
          text -> {
            try {
              return Optional.of(Path.of(text)).filter(Path::isAbsolute);
            } catch (InvalidPathException e) {
              return Optional.empty();
            }
          });
    }

    private StopSpec stop() {
      Signal signal =
          values
              .text(ProgramKey.STOPSIGNAL)
              .flatMap(
                  text -> attempt(ProgramKey.STOPSIGNAL, text, () -> file.settings().signal(text)))
              .orElse(Signal.TERM);
      int seconds = values.integer(ProgramKey.STOPWAITSECS, 10);
      boolean stopAsGroup = values.isTrue(ProgramKey.STOPASGROUP, true);
      boolean killAsGroup = values.isTrue(ProgramKey.KILLASGROUP, true);
      if (values.option(ProgramKey.STOPASGROUP).isPresent() && stopAsGroup && !killAsGroup) {
        values
            .findings()
            .problem(
                values.place(ProgramKey.KILLASGROUP), "false", "must be true with stopasgroup");
      }
      noteTheGroup(ProgramKey.STOPASGROUP, stopAsGroup);
      noteTheGroup(ProgramKey.KILLASGROUP, killAsGroup);
      return attempt(
              ProgramKey.STOPWAITSECS,
              Integer.toString(seconds),
              () -> StopSpec.of(signal, Duration.ofSeconds(seconds)))
          .orElse(StopSpec.defaults());
    }

    private void noteTheGroup(ProgramKey key, boolean asGroup) {
      if (!asGroup) {
        values
            .findings()
            .note(values.place(key), "false", "is not honoured: the whole group is signalled");
      }
    }

    private SupervisordPolicy restart(Duration startsecs) {
      Autorestart autorestart =
          values
              .value(
                  ProgramKey.AUTORESTART, "must be unexpected, true or false", Autorestart::written)
              .orElse(Autorestart.UNEXPECTED);
      int retries = values.integer(ProgramKey.STARTRETRIES, 3);
      ExitSet expected =
          values
              .value(
                  ProgramKey.EXITCODES,
                  "must be exit codes, 0 to 255, with commas between",
                  Reading::codes)
              .orElse(ExitSet.CLEAN);
      return new SupervisordPolicy(autorestart, expected, startsecs, retries);
    }

    private static Optional<ExitSet> codes(String text) {
      if (text.isEmpty()) {
        return Optional.of(ExitSet.NONE);
      }
      if (!CODES.matcher(text).matches()) {
        return Optional.empty();
      }
      Set<Integer> codes = new HashSet<>();
      for (String each : text.split(",", -1)) {
        codes.add(Integer.valueOf(each.strip()));
      }
      return codes.stream().allMatch(code -> code <= 255)
          ? Optional.of(new ExitSet(codes, Set.of(), Set.of()))
          : Optional.empty();
    }
  }
}
