package org.jsupervisor.definition.supervisord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DefinitionText;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;

/**
 * Reads the programs of supervisord 4: {@code NAME.conf}, with the files that it includes. Each
 * process of a program is a child of its process name. Immutable and thread-safe; {@code
 * docs/formats/supervisord.md} has all rules.
 *
 * <pre>
 * [program:cat]
 * command = /bin/cat -n "two words"
 * autorestart = unexpected
 * </pre>
 */
public final class SupervisordReader implements DefinitionReader {
  /** The largest file that is read. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final String SUFFIX = ".conf";
  private static final String ENVIRONMENT = "environment";
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Map<String, String> variables;

  /** A reader that expands no variables of the environment. */
  public SupervisordReader() {
    this(Map.of());
  }

  private SupervisordReader(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * Replaces the variables that a file can expand, as {@code %(ENV_NAME)s} (default: none). A file
   * can hand what is allowed here to the programs that it defines.
   */
  public SupervisordReader withVariables(Map<String, String> replacement) {
    return new SupervisordReader(replacement);
  }

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() != DirectoryEntry.Kind.DIRECTORY && entry.name().endsWith(SUFFIX);
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    return new Reading(entry, settings, new Findings(), variables).definitions();
  }

  /** One file being read, with what it includes. */
  private record Reading(
      DirectoryEntry entry,
      DefinitionSettings settings,
      Findings findings,
      Map<String, String> variables) {
    List<Definition> definitions() {
      IniText ini = new IniText(findings);
      PercentFormat format = new PercentFormat(names());
      readFile(entry.path(), ini);
      ini.section(SectionKind.INCLUDE.written())
          .ifPresent(section -> include(section, format, ini));
      Map<String, String> groups = groups(ini);
      Map<String, String> environment = environment(ini, format);
      Program.File file =
          new Program.File(entry, settings, format.withVariables(environment), environment);
      List<Definition> definitions = new ArrayList<>();
      for (IniText.Section section : ini.sections()) {
        definitions.addAll(definitions(section, file, groups));
      }
      return findings.count() > 0
          ? List.of(findings.unreadable(entry))
          : findings.telling(definitions);
    }

    private Map<String, String> names() {
      Map<String, String> names = new HashMap<>();
      variables.forEach((name, value) -> names.put("ENV_" + name, value));
      names.put("here", String.valueOf(entry.path().getParent()));
      try {
        names.put("host_node_name", Files.readString(HOST_NAME).strip());
      } catch (IOException e) {
        findings.note(HOST_NAME.toString(), "", "cannot be read: there is no host_node_name");
      }
      return names;
    }

    private void readFile(Path path, IniText ini) {
      TrustedFiles files = new TrustedFiles(settings, findings);
      DefinitionText.lines(path, FILE_BYTES_MAX, files, findings).ifPresent(ini::read);
    }

    private void include(IniText.Section section, PercentFormat format, IniText ini) {
      Optional<IniText.Option> files = section.option("files");
      if (files.isEmpty()) {
        findings.problem(section.line().place("files"), "", "must be there");
        return;
      }
      Path home = Optional.ofNullable(entry.path().getParent()).orElse(entry.path());
      List<Path> found = new ArrayList<>();
      String patterns = new Values(section, format, findings).expanded(files.get()).orElse("");
      for (String pattern : patterns.strip().split("\\s+", -1)) {
        found.addAll(matching(files.get(), home, pattern));
      }
      found.forEach(path -> readFile(path, ini));
      ini.section(section.name())
          .flatMap(after -> after.option("files"))
          .filter(after -> !after.equals(files.get()))
          .ifPresent(
              after ->
                  findings.note(after.place(), "", "has no effect: what is included includes not"));
    }

    private List<Path> matching(IniText.Option files, Path home, String pattern) {
      try {
        List<Path> found = IncludedFiles.matching(home, pattern, settings.filesTold());
        if (found.isEmpty()) {
          findings.note(files.place(), pattern, "finds no file");
        }
        return found;
      } catch (IOException e) {
        findings.problem(files.place(), pattern, "cannot be read: " + e);
      } catch (IllegalArgumentException e) {
        findings.problem(files.place(), pattern, String.valueOf(e.getMessage()));
      }
      return List.of();
    }

    /** The group of each program that is in one. */
    private Map<String, String> groups(IniText ini) {
      Map<String, String> groups = new HashMap<>();
      for (IniText.Section section : ini.sections()) {
        if (SectionKind.of(section.name()) != SectionKind.GROUP) {
          continue;
        }
        Optional<IniText.Option> programs = section.option("programs");
        if (programs.isEmpty()) {
          findings.problem(section.line().place("programs"), "", "must be there");
          continue;
        }
        for (String each : programs.get().value().split(",", -1)) {
          String program = each.strip();
          if (ini.section(SectionKind.PROGRAM.written() + program).isEmpty()) {
            findings.problem(programs.get().place(), program, "must be a program of this file");
          } else if (groups.put(program, SectionKind.GROUP.name(section)) != null) {
            findings.problem(programs.get().place(), program, "must be in one group only");
          }
        }
      }
      return groups;
    }

    private Map<String, String> environment(IniText ini, PercentFormat format) {
      return ini.section(SectionKind.SUPERVISORD.written())
          .flatMap(section -> section.option(ENVIRONMENT))
          .flatMap(
              option ->
                  findings.attempt(
                      option.place(), "", () -> EnvironmentText.parse(format.expand(option))))
          .orElse(Map.of());
    }

    private void noteOptions(IniText.Section section) {
      section.options().values().stream()
          .filter(option -> !option.key().equals(ENVIRONMENT))
          .forEach(option -> findings.note(option.place(), "", "is not honoured"));
    }

    private List<Definition> definitions(
        IniText.Section section, Program.File file, Map<String, String> groups) {
      SectionKind kind = SectionKind.of(section.name());
      String place = section.line().place("[" + section.name() + "]");
      return switch (kind) {
        case PROGRAM -> {
          String name = kind.name(section);
          yield new Program(file, section, groups.getOrDefault(name, name)).read(findings);
        }
        case EVENT_LISTENER, FCGI_PROGRAM -> {
          Findings refused = new Findings();
          refused.problem(place, "", kind.what());
          yield List.of(
              refused.conclude(
                  entry,
                  kind.name(section),
                  () -> {
                    throw new IllegalStateException("is refused");
                  }));
        }
        case DEFAULT -> {
          findings.problem(place, "", kind.what());
          yield List.of();
        }
        case INCLUDE -> List.of();
        case SUPERVISORD -> {
          noteOptions(section);
          yield List.of();
        }
        case GROUP,
            UNIX_HTTP_SERVER,
            INET_HTTP_SERVER,
            SUPERVISORCTL,
            RPC_INTERFACE,
            CTL_PLUGIN,
            UNKNOWN -> {
          findings.note(place, "", kind.what());
          yield List.of();
        }
      };
    }
  }
}
