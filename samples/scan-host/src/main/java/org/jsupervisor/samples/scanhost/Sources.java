package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.HostRelease;
import org.jsupervisor.definition.ParameterSources;
import org.jsupervisor.definition.SiteSettings;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.posix.UnixDatagrams;
import org.jsupervisor.scan.ScanDirectory;

/**
 * How the directory is read, and what definitions may take from outside of it.
 *
 * @param logRoot where services log that have no {@code log} directory of their own
 * @param also which formats are read besides those that always are
 * @param site settings of this site for svcdef definitions
 * @param settings values for parameters, by name
 * @param environment the host's variables that parameters may show
 * @param memory the file in which wishes outlive the host
 */
record Sources(
    Path logRoot,
    Set<Format> also,
    Optional<Path> site,
    Map<String, String> settings,
    Set<String> environment,
    Optional<Path> memory) {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static Sources of(CommandLine line, Path directory) throws Arguments.UsageException {
    Optional<String> logs = line.one(Option.LOGS);
    Set<Format> also = EnumSet.noneOf(Format.class);
    for (String text : line.all(Option.ALSO)) {
      also.add(Format.named(text));
    }
    Set<String> environment = new TreeSet<>();
    for (String name : line.all(Option.ENV)) {
      if (!VARIABLE.matcher(name).matches()) {
        throw new Arguments.UsageException(
            "option '--env' needs the name of a variable, was '" + name + "'");
      }
      environment.add(name);
    }
    return new Sources(
        logs.isEmpty() ? directory.resolve(".log") : Arguments.path(logs.get()),
        also,
        path(line, Option.SITE),
        settings(line),
        environment,
        path(line, Option.REMEMBER));
  }

  private static Optional<Path> path(CommandLine line, Option option)
      throws Arguments.UsageException {
    Optional<String> text = line.one(option);
    return text.isEmpty() ? Optional.empty() : Optional.of(Arguments.path(text.get()));
  }

  private static Map<String, String> settings(CommandLine line) throws Arguments.UsageException {
    Map<String, String> settings = new TreeMap<>();
    for (String text : line.all(Option.SETTING)) {
      int equals = text.indexOf('=');
      // Not the value: it may be a secret.
      if (equals < 1) {
        throw new Arguments.UsageException("option '--setting' needs NAME=VALUE");
      }
      String name = text.substring(0, equals);
      if (settings.put(name, text.substring(equals + 1)) != null) {
        throw new Arguments.UsageException("setting '" + name + "' must be given only once");
      }
    }
    return settings;
  }

  /**
   * The directory, to be read like that.
   *
   * @throws IOException if the host does not tell who it is, or which release it has
   */
  ScanDirectory scanned(Path directory, Platform platform) throws IOException {
    DefinitionSettings settings =
        DefinitionSettings.of(logRoot)
            .withSupportedSignals(platform::supports)
            .withUnixSockets(UnixDatagrams::to)
            .withParameters(
                ParameterSources.none().withEnvironment(environment).withSettings(this.settings));
    ScanDirectory scanned = Format.directory(directory, also, settings);
    if (site.isEmpty()) {
      return scanned;
    }
    HostRelease host = HostRelease.here();
    return scanned.refreshing(now -> now.withSite(SiteSettings.read(site.get(), host, now)));
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "Sources[settings " + settings.keySet() + ", environment " + environment + "]";
  }
}
