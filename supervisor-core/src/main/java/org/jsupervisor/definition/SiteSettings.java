package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.SpecProblem;

/**
 * What a site says about services, so that one definition serves many systems: values of variables,
 * by service, in four {@linkplain Layer layers}, of which the last one that says something wins.
 * Immutable and thread-safe; what changes on disk is seen by another {@link #read}.
 *
 * <p>On disk it is a directory with one directory for each layer ({@code all}, {@code os-debian},
 * {@code release-debian-12}, {@code site}), in that one for each service, and in that an
 * environment directory ({@link EnvDirectory}): one file for each variable. Layers of other systems
 * are not looked into; names that begin with a dot are skipped.
 */
public final class SiteSettings {
  /** Who says it. A later layer is laid over the earlier ones, variable by variable. */
  public enum Layer {
    /** For every system. */
    ALL,
    /** For the host's system. */
    OS,
    /** For the host's release of its system. */
    RELEASE,
    /** This site's own word. */
    SITE
  }

  private static final Pattern LAYER = Pattern.compile("all|site|os-.+|release-.+");
  private static final SiteSettings NONE = new SiteSettings(Map.of(), Told.NOTHING);

  private final Map<Layer, Map<String, SortedMap<String, Setting>>> layers;
  private final Told told;

  private SiteSettings(Map<Layer, Map<String, SortedMap<String, Setting>>> layers, Told told) {
    this.layers = layers;
    this.told = told;
  }

  /** What was found while it was read: of everything, and by service. */
  private record Told(
      List<SpecProblem> problems,
      Map<String, List<SpecProblem>> ofServices,
      Map<String, List<SpecProblem>> notes) {
    static final Told NOTHING = new Told(List.of(), Map.of(), Map.of());
  }

  /** Nothing is said about any service. */
  public static SiteSettings none() {
    return NONE;
  }

  /**
   * Reads a directory of settings. Nothing is thrown for what is wrong in it: that is told by
   * {@link #problems}, and refuses the definitions that it concerns.
   *
   * @param host chooses the layers
   * @param trust whose files are honoured
   */
  public static SiteSettings read(Path directory, HostRelease host, DefinitionSettings trust) {
    Path root = directory.toAbsolutePath().normalize();
    Findings findings = new Findings();
    if (!new TrustedFiles(trust, findings).isTrusted(root)) {
      return new SiteSettings(Map.of(), new Told(findings.problems(), Map.of(), Map.of()));
    }
    for (Path entry : list(root, trust, findings)) {
      if (!LAYER.matcher(name(entry)).matches() || !Files.isDirectory(entry)) {
        findings.problem(
            entry.toString(), "", "must be a directory all, os-NAME, release-NAME-VERSION or site");
      }
    }
    Reading reading = new Reading(trust, findings);
    reading.layer(Layer.ALL, root.resolve("all"));
    if (!host.os().isEmpty()) {
      reading.layer(Layer.OS, root.resolve("os-" + host.os()));
    }
    if (!host.release().isEmpty()) {
      reading.layer(Layer.RELEASE, root.resolve("release-" + host.os() + "-" + host.release()));
    }
    reading.layer(Layer.SITE, root.resolve("site"));
    return new SiteSettings(
        reading.layers, new Told(findings.problems(), reading.ofServices, reading.notes));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Iterable<Path> list(Path directory, DefinitionSettings trust, Findings findings) {
    trust.filesTold().accept(directory);
    TreeSet<Path> entries = new TreeSet<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(directory, entry -> !name(entry).startsWith("."))) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      findings.problem(directory.toString(), "", "cannot be read: " + e);
    }
    return entries;
  }

  /** The layers of one directory, while it is read. */
  private static final class Reading {
    private final Map<Layer, Map<String, SortedMap<String, Setting>>> layers =
        new EnumMap<>(Layer.class);
    private final Map<String, List<SpecProblem>> ofServices = new HashMap<>();
    private final Map<String, List<SpecProblem>> notes = new HashMap<>();
    private final DefinitionSettings trust;
    private final Findings findings;

    Reading(DefinitionSettings trust, Findings findings) {
      this.trust = trust;
      this.findings = findings;
    }

    void layer(Layer layer, Path directory) {
      if (!Files.isDirectory(directory)) {
        return;
      }
      Map<String, SortedMap<String, Setting>> services = new HashMap<>();
      for (Path service : list(directory, trust, findings)) {
        if (ChildId.isName(name(service)) && Files.isDirectory(service)) {
          services.put(name(service), variables(service));
        } else {
          findings.problem(
              service.toString(), "", "must be a directory with the name of a service");
        }
      }
      layers.put(layer, services);
    }

    /** What is wrong with the settings of one service is no reason to refuse others. */
    private SortedMap<String, Setting> variables(Path service) {
      Findings own = new Findings();
      TrustedFiles files = new TrustedFiles(trust, own);
      trust.filesTold().accept(service);
      SortedMap<String, Setting> found =
          files.isTrusted(service)
              ? new EnvDirectory(files, own).read(service)
              : new TreeMap<String, Setting>();
      ofServices.computeIfAbsent(name(service), any -> new ArrayList<>()).addAll(own.problems());
      notes.computeIfAbsent(name(service), any -> new ArrayList<>()).addAll(own.notes());
      return found;
    }
  }

  /**
   * The same with one more word.
   *
   * @throws IllegalArgumentException if the service or the variable cannot have that name
   */
  public SiteSettings with(Layer layer, String service, String variable, String value) {
    if (!ChildId.isName(service)) {
      throw new IllegalArgumentException("service '" + service + "': " + ChildId.NAME_RULE);
    }
    if (variable.isEmpty() || variable.indexOf('=') >= 0 || variable.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "variable '" + variable + "': must not be empty nor contain '=' or a NUL");
    }
    Map<Layer, Map<String, SortedMap<String, Setting>>> more = new EnumMap<>(Layer.class);
    layers.forEach((each, services) -> more.put(each, new HashMap<>(services)));
    Map<String, SortedMap<String, Setting>> services =
        more.computeIfAbsent(layer, any -> new HashMap<>());
    SortedMap<String, Setting> variables =
        new TreeMap<>(services.getOrDefault(service, new TreeMap<>()));
    String origin = "layer " + layer + ": " + service + "/" + variable;
    variables.put(variable, new Setting(Optional.of(value), origin));
    services.put(service, variables);
    return new SiteSettings(more, told);
  }

  /** What holds for a service, by variable: of each, the word of the last layer that has one. */
  public SortedMap<String, Setting> of(String service) {
    SortedMap<String, Setting> all = new TreeMap<>();
    for (Layer layer : Layer.values()) {
      all.putAll(layers.getOrDefault(layer, Map.of()).getOrDefault(service, new TreeMap<>()));
    }
    return all;
  }

  /** What is wrong with the settings of a service, and with all of them. */
  public List<SpecProblem> problems(String service) {
    List<SpecProblem> all = new ArrayList<>(told.problems());
    all.addAll(told.ofServices().getOrDefault(service, List.of()));
    return List.copyOf(all);
  }

  /** What the settings of a service say and is not honoured. */
  public List<SpecProblem> notes(String service) {
    return List.copyOf(told.notes().getOrDefault(service, List.of()));
  }
}
