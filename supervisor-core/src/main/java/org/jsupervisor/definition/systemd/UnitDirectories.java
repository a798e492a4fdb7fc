package org.jsupervisor.definition.systemd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsupervisor.spec.FileStep;

/** The directives {@code XDirectory}: directories that are made before the program is run. */
final class UnitDirectories {
  private static final int MODE = 0755;

  /** Names below the base: no part of them leads out of it. */
  private static final Pattern NAME =
      Pattern.compile("(?!\\.\\.?(?:/|$))[^/:]++(?:/(?!\\.\\.?(?:/|$))[^/:]++)*+");

  private enum Kind {
    RUNTIME("RuntimeDirectory", "/run", "RUNTIME_DIRECTORY"),
    STATE("StateDirectory", "/var/lib", "STATE_DIRECTORY"),
    CACHE("CacheDirectory", "/var/cache", "CACHE_DIRECTORY"),
    LOGS("LogsDirectory", "/var/log", "LOGS_DIRECTORY"),
    CONFIGURATION("ConfigurationDirectory", "/etc", "CONFIGURATION_DIRECTORY");

    private final String key;
    private final Path base;
    private final String variable;

    Kind(String key, String base, String variable) {
      this.key = key;
      this.base = Path.of(base);
      this.variable = variable;
    }
  }

  private final Unit unit;
  private final List<FileStep.RunDirectory> steps = new ArrayList<>();
  private final Map<String, String> variables = new TreeMap<>();

  UnitDirectories(Unit unit) {
    this.unit = unit;
    for (Kind kind : Kind.values()) {
      read(kind);
    }
  }

  List<FileStep.RunDirectory> steps() {
    return steps;
  }

  /** Where they are, for the program. */
  Map<String, String> variables() {
    return variables;
  }

  private void read(Kind kind) {
    List<String> paths = new ArrayList<>();
    int mode = unit.value(kind.key + "Mode", UnitSteps::octal).orElse(MODE);
    for (String name : unit.words(kind.key)) {
      if (!NAME.matcher(name).matches()) {
        String rule = "must be a relative path without . and .. and :";
        unit.findings().problem(unit.place(kind.key), name, rule);
        continue;
      }
      Path path = kind.base.resolve(name);
      paths.add(path.toString());
      unit.attempt(kind.key + "Mode", () -> step(kind, path, mode)).ifPresent(steps::add);
    }
    if (!paths.isEmpty()) {
      variables.put(kind.variable, String.join(":", paths));
    }
  }

  private FileStep.RunDirectory step(Kind kind, Path path, int mode) {
    boolean isOwned = kind != Kind.CONFIGURATION;
    Optional<String> owner = unit.text("User").filter(any -> isOwned);
    Optional<String> group = unit.text("Group").filter(any -> isOwned);
    return new FileStep.RunDirectory(path, owner, group, mode);
  }
}
