package org.jsupervisor.definition.systemd;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionText;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.definition.systemd.UnitText.Assignment;
import org.jsupervisor.spec.Environment;

/** The directives of a unit that say what its environment is. */
final class UnitEnvironment {
  /** What systemd gives to a service. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern MAGIC = Pattern.compile("[*?\\[]");

  private final Unit unit;
  private final TrustedFiles files;
  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> inherited = new TreeSet<>(Set.of("LANG"));

  /**
   * Reads it.
   *
   * @param directories what the unit's own directories are, unless it says otherwise
   */
  UnitEnvironment(Unit unit, TrustedFiles files, Map<String, String> directories) {
    this.unit = unit;
    this.files = files;
    variables.put("PATH", PATH);
    variables.putAll(directories);
    unit.text("User").ifPresent(this::putUser);
    inherited.addAll(unit.words("PassEnvironment"));
    unit.list("Environment").forEach(this::addAssignments);
    unit.list("EnvironmentFile").forEach(this::addFile);
    for (String each : unit.words("UnsetEnvironment")) {
      int equals = each.indexOf('=');
      if (equals < 0) {
        variables.remove(each);
        inherited.remove(each);
      } else {
        variables.remove(each.substring(0, equals), each.substring(equals + 1));
      }
    }
  }

  /** For commands of the unit; the others of an account are known at the launch only. */
  private void putUser(String user) {
    if (!user.chars().allMatch(Character::isDigit)) {
      variables.put("USER", user);
      variables.put("LOGNAME", user);
    }
  }

  /** By name; what is taken over is not among them. */
  Map<String, String> variables() {
    return variables;
  }

  /** All of it. */
  Environment environment() {
    inherited.removeAll(variables.keySet());
    Environment environment =
        unit.attempt("PassEnvironment", () -> Environment.inheritOnly(inherited))
            .orElse(Environment.empty());
    for (var variable : variables.entrySet()) {
      environment = unit.findings().set(environment, unit.place("Environment"), variable);
    }
    return environment;
  }

  private void addAssignments(Assignment line) {
    List<UnitWords.Word> words =
        unit.findings()
            .attempt(line.place(), "", () -> UnitWords.split(line.value()))
            .orElse(List.of());
    if (words.stream().anyMatch(UnitWords.Word::hasUnknownEscape)) {
      String what = "has a backslash that escapes nothing; it stays, where systemd leaves out";
      unit.findings().note(line.place(), "", what + " the assignment");
    }
    for (UnitWords.Word word : words) {
      unit.expanded(line.place(), word.text()).ifPresent(text -> addAssignment(line, text));
    }
  }

  private void addAssignment(Assignment line, String text) {
    int equals = text.indexOf('=');
    if (equals < 0 || !NAME.matcher(text.substring(0, equals)).matches()) {
      unit.findings()
          .problem(line.place(), "", "must have NAME=VALUE as each word; quote it with its blanks");
    } else {
      variables.put(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  private void addFile(Assignment line) {
    boolean mayMiss = line.value().startsWith("-");
    String written = mayMiss ? line.value().substring(1) : line.value();
    Path path;
    try {
      path = Path.of(unit.expanded(line.place(), written).orElse("/"));
    } catch (InvalidPathException e) {
      path = Path.of("");
    }
    if (!path.isAbsolute() || MAGIC.matcher(written).find()) {
      unit.findings().problem(line.place(), written, "must be an absolute path without *, ? and [");
    } else if (!mayMiss || files.exists(path)) {
      DefinitionText.lines(path, SystemdReader.FILE_BYTES_MAX, files, unit.findings())
          .map(lines -> EnvironmentFile.read(lines, unit.findings()))
          .ifPresent(variables::putAll);
    }
  }
}
