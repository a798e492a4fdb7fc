package org.jsupervisor.definition.own;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.definition.own.text.TextFormat;

/** Reads a file with those that it includes. Confined to one call. */
final class FileLoader {
  /** How deep files may include each other. */
  static final int DEPTH_MAX = 8;

  /** How many files may be included in all. */
  static final int FILES_MAX = 64;

  private final TrustedFiles files;
  private final Findings findings;
  private final Map<String, Entry> settings = new TreeMap<>();
  private final Set<String> parametric = new HashSet<>();
  private int included;

  FileLoader(DefinitionSettings settings, Findings findings) {
    this.files = new TrustedFiles(settings, findings);
    this.findings = findings;
  }

  /** What one file says with what it includes. */
  private record Layer(FileContent content, List<Entry> defaults, List<Service> services) {
    /** What it is for a file that includes it: keys of services at its top are defaults there. */
    List<Entry> defaultsForOthers() {
      return Service.over(content.own(), defaults);
    }
  }

  /** Empty, and a problem, if it cannot be read at all. */
  Optional<Layers> load(Path path) {
    return load(List.of(path)).map(this::checked);
  }

  private Layers checked(Layer layer) {
    boolean namesServices = layer.content().namesServices();
    List<Entry> own = layer.content().own();
    if (namesServices) {
      for (Entry each : own) {
        findings.problem(each.spot(), "", "is not a key of a file with services");
      }
    }
    return new Layers(namesServices, own, layer.defaults(), layer.services(), settings, parametric);
  }

  /** Reads the last file of this way. */
  private Optional<Layer> load(List<Path> way) {
    Path path = way.get(way.size() - 1);
    String file = path.toString();
    Optional<TextFormat> format = TextFormat.of(String.valueOf(path.getFileName()));
    if (format.isEmpty()) {
      findings.problem(file, "", "must end with .properties, .ini, .yaml, .yml, .json or .xml");
      return Optional.empty();
    }
    return files
        .readAll(path, ServiceFileReader.FILE_BYTES_MAX)
        .flatMap(bytes -> format.get().parse(file, bytes, findings))
        .map(nodes -> layer(new FileContent(file, nodes, findings), way));
  }

  private Layer layer(FileContent content, List<Path> way) {
    List<Entry> defaults = List.of();
    List<Service> services = new ArrayList<>();
    if (content.isParametric()) {
      parametric.add(way.get(way.size() - 1).toString());
    }
    for (Entry include : content.includes()) {
      Optional<Layer> other = include(include, way);
      if (other.isPresent()) {
        defaults = Service.over(other.get().defaultsForOthers(), defaults);
        services.addAll(other.get().services());
      }
    }
    services.addAll(content.services());
    addSettings(content);
    return new Layer(content, Service.over(content.defaults(), defaults), services);
  }

  /** Behind those of the files that it includes, which it replaces. */
  private void addSettings(FileContent content) {
    Set<String> names = new HashSet<>();
    for (Entry each : content.settings()) {
      if (!names.add(each.key())) {
        findings.problem(each.spot(), "", "must stand only once");
      }
      refuseParameters(content, each);
      settings.put(each.key(), each);
    }
    content.includes().forEach(each -> refuseParameters(content, each));
  }

  private void refuseParameters(FileContent content, Entry entry) {
    if (content.isParametric() && entry.written().contains("${")) {
      findings.problem(entry.spot(), "", "must not have parameters: it is taken as it is written");
    }
  }

  private Optional<Layer> include(Entry include, List<Path> way) {
    Optional<Path> target = target(include, way.get(way.size() - 1));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    List<Path> longer = Stream.concat(way.stream(), target.stream()).toList();
    if (way.contains(target.get())) {
      String circle = longer.stream().map(Path::toString).collect(Collectors.joining(" -> "));
      findings.problem(include.spot(), "", "must not include itself: " + circle);
      return Optional.empty();
    }
    if (way.size() > DEPTH_MAX) {
      findings.problem(include.spot(), "", "must not be deeper than " + DEPTH_MAX + " files");
      return Optional.empty();
    }
    if (++included > FILES_MAX) {
      findings.problem(include.spot(), "", "must not include more than " + FILES_MAX + " files");
      return Optional.empty();
    }
    int before = findings.count();
    Optional<Layer> layer = load(longer);
    if (findings.count() > before) {
      findings.problem(include.spot(), target.get().toString(), "must name a file without faults");
    }
    return layer;
  }

  private Optional<Path> target(Entry include, Path from) {
    try {
      if (include.key().equals("include") && !include.written().isEmpty()) {
        return Optional.of(from.resolveSibling(include.written()).normalize());
      }
    } catch (InvalidPathException noPath) {
      // Told below.
    }
    findings.problem(include.spot(), "", "must be the path of a file");
    return Optional.empty();
  }
}
