package org.jsupervisor.definition.procfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DefinitionText;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads Procfiles: {@code Procfile}, {@code Procfile.dev} and the like, {@code NAME.procfile}, with
 * the variables of the {@code .env} beside them. Each process type is a child of its name.
 * Immutable and thread-safe; {@code docs/formats/procfile.md} has all rules.
 *
 * <pre>
 * web: bundle exec puma -p $PORT
 * worker: bundle exec sidekiq
 * </pre>
 *
 * <p>A command is a line for the shell by this format's own definition, so it is run as {@code
 * /bin/sh -c COMMAND}, in the directory of the Procfile.
 */
public final class ProcfileReader implements DefinitionReader {
  /** The largest Procfile or {@code .env} that is read. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  /** How far the ports of two process types are apart, as in foreman. */
  public static final int PORT_STEP = 100;

  /** The port of foreman's first process type. */
  public static final int FOREMAN_PORT = 5000;

  private static final int PORT_MAX = 65_535;
  private static final String FILE = "Procfile";
  private static final String SUFFIX = ".procfile";
  private static final String PORT = "PORT";

  private final OptionalInt firstPort;

  /** A reader that gives no ports. */
  public ProcfileReader() {
    this(OptionalInt.empty());
  }

  private ProcfileReader(OptionalInt firstPort) {
    this.firstPort = firstPort;
  }

  /**
   * A reader that sets {@code PORT} for each process type: the first gets this one, each next one
   * {@value #PORT_STEP} more, in the order of the file (default: none is set).
   *
   * @throws IllegalArgumentException if it is not 1 to 65535
   */
  public ProcfileReader withPorts(int first) {
    if (first < 1 || first > PORT_MAX) {
      throw new IllegalArgumentException(
          "Procfile: first port must be 1 to " + PORT_MAX + ", was " + first);
    }
    return new ProcfileReader(OptionalInt.of(first));
  }

  @Override
  public boolean reads(DirectoryEntry entry) {
    String name = entry.name();
    return entry.kind() != DirectoryEntry.Kind.DIRECTORY
        && (name.equals(FILE) || name.startsWith(FILE + ".") || name.endsWith(SUFFIX));
  }

  /** A process type as it was found. */
  private record ProcessType(DefinitionText.Line line, String name, String command) {}

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings file = new Findings();
    TrustedFiles files = new TrustedFiles(settings, file);
    Path home = Optional.ofNullable(entry.path().getParent()).orElse(entry.path());
    List<ProcessType> processes =
        DefinitionText.lines(entry.path(), FILE_BYTES_MAX, files, file)
            .map(lines -> processes(lines, file))
            .orElse(List.of());
    Optional<Map<String, String>> variables = DotEnv.read(home, files, file);
    if (file.count() > 0 || variables.isEmpty()) {
      return List.of(file.unreadable(entry));
    }
    noteThePort(home, variables.get(), file);
    List<Definition> definitions = new ArrayList<>();
    for (ProcessType each : processes) {
      Findings findings = new Findings();
      Environment environment = environment(each, definitions.size(), variables.get(), findings);
      ProcessSpec.Builder builder = builder(each, home, settings).withEnvironment(environment);
      definitions.add(findings.conclude(entry, each.name(), builder::build));
    }
    return file.telling(definitions);
  }

  private static List<ProcessType> processes(List<DefinitionText.Line> lines, Findings findings) {
    Map<String, ProcessType> processes = new LinkedHashMap<>();
    for (DefinitionText.Line line : lines) {
      ProcfilePart part = ProcfilePart.of(line.text());
      Matcher matched = part.match(line.text());
      switch (part) {
        case COMMENT -> {}
        case OTHER ->
            findings.problem(line.place(), "", "must be NAME: COMMAND, a comment or blank");
        case RELEASE, PROCESS -> {
          ProcessType process = process(line, matched);
          ProcessType first = processes.putIfAbsent(process.name(), process);
          if (first != null) {
            String rule = "must stand only once, is already in line " + first.line().number();
            findings.problem(line.place(process.name()), "", rule);
          }
          if (part == ProcfilePart.RELEASE) {
            findings.note(
                line.place(process.name()), "", "is run as the others, not once for a release");
          }
        }
      }
    }
    return List.copyOf(processes.values());
  }

  private static ProcessType process(DefinitionText.Line line, Matcher matched) {
    if (!matched.matches()) {
      throw new IllegalStateException("a line is not what it was: " + line.place());
    }
    return new ProcessType(line, matched.group(1), matched.group(2));
  }

  private static ProcessSpec.Builder builder(
      ProcessType process, Path home, DefinitionSettings settings) {
    return ProcessSpec.builder(process.name(), "/bin/sh", "-c", process.command())
        .withDirectory(home)
        .withRestart(RestartPolicy.permanent())
        .withOutput(OutputSpec.logged(LogSpec.of(settings.logRoot().resolve(process.name()))));
  }

  private Environment environment(
      ProcessType process, int index, Map<String, String> variables, Findings findings) {
    Environment environment = Environment.inheritAll();
    for (var variable : variables.entrySet()) {
      environment = environment.with(variable.getKey(), variable.getValue());
    }
    if (firstPort.isPresent()) {
      int port = firstPort.getAsInt() + index * PORT_STEP;
      if (port > PORT_MAX) {
        findings.problem(
            process.line().place(process.name()),
            Integer.toString(port),
            "must have a PORT of at most " + PORT_MAX);
      }
      environment = environment.with(PORT, Integer.toString(port));
    }
    return environment;
  }

  private void noteThePort(Path home, Map<String, String> variables, Findings findings) {
    if (variables.containsKey(PORT)) {
      findings.note(
          home.resolve(DotEnv.NAME) + ": " + PORT,
          "",
          firstPort.isPresent()
              ? "is replaced: the reader gives the ports"
              : "is the same for all; foreman would count up from it");
    }
  }
}
