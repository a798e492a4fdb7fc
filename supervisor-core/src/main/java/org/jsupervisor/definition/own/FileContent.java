package org.jsupervisor.definition.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.own.text.Node;

/**
 * What one file says, without what it includes. Confined to the call that reads it.
 *
 * <p>What is wrong with it as a whole is told; keys of services are not looked at here.
 */
final class FileContent {
  private final String file;
  private final Findings findings;
  private final List<Entry> own = new ArrayList<>();
  private final List<Entry> includes = new ArrayList<>();
  private final List<Entry> settings = new ArrayList<>();
  private final List<Entry> defaults = new ArrayList<>();
  private final List<Entry> switches = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();
  private boolean namesServices;

  FileContent(String file, List<Node> nodes, Findings findings) {
    this.file = file;
    this.findings = findings;
    nodes.forEach(this::add);
    checkSwitches();
  }

  private void add(Node node) {
    Optional<FileKey> key = FileKey.of(node.key());
    if (key.isEmpty()) {
      flatten(node, "", "", own);
      return;
    }
    switch (key.get()) {
      case SERVICES -> addServices(node);
      case DEFAULTS -> {
        if (requireBranch(node, "must be a map of keys of services")) {
          node.children().forEach(each -> flatten(each, "", "defaults.", defaults));
        }
      }
      case SETTINGS -> addSettings(node);
      case INCLUDE -> flatten(node, "", "", includes);
      case PARAMETERS -> flatten(node, "", "", switches);
    }
  }

  private void addServices(Node node) {
    namesServices = true;
    if (!requireBranch(node, "must be a map of services")) {
      return;
    }
    for (Node each : node.children()) {
      String within = "services." + each.key() + ".";
      if (each.isBranch()) {
        List<Entry> entries = new ArrayList<>();
        each.children().forEach(below -> flatten(below, "", within, entries));
        services.add(new Service(each.key(), new Place(file, each.line(), within), entries));
      } else {
        problem(each, "services.", "must be a map of keys");
      }
    }
  }

  private void addSettings(Node node) {
    if (node.key().startsWith(FileKey.SETTINGS_PREFIX)) {
      String name = node.key().substring(FileKey.SETTINGS_PREFIX.length());
      flatten(
          new Node(name, node.line(), node.value(), node.children()), "", "settings.", settings);
    } else if (requireBranch(node, "must be a map of names and values")) {
      node.children().forEach(each -> flatten(each, "", "settings.", settings));
    }
  }

  private boolean requireBranch(Node node, String rule) {
    if (!node.isBranch()) {
      problem(node, "", rule);
    }
    return node.isBranch();
  }

  private void flatten(Node node, String prefix, String within, List<Entry> into) {
    String key = prefix + node.key();
    Place place = new Place(file, node.line(), within);
    if (node.value().isPresent()) {
      into.add(new Entry(place, key, node.value().get(), node.value().get()));
    } else if (node.children().isEmpty()) {
      findings.problem(place.of(key), "", "a map must not be empty: leave the key out");
    } else {
      node.children().forEach(each -> flatten(each, key + ".", within, into));
    }
  }

  private void problem(Node node, String within, String rule) {
    findings.problem(new Place(file, node.line(), within).of(node.key()), "", rule);
  }

  private void checkSwitches() {
    if (switches.size() > 1) {
      findings.problem(switches.get(1).spot(), "", "must stand only once");
    }
    for (Entry each : switches) {
      if (!each.key().equals("parameters") || !each.written().matches("on|off")) {
        findings.problem(each.spot(), "", "must be on or off");
      }
    }
  }

  /** Whether its values may have parameters. */
  boolean isParametric() {
    return switches.stream().anyMatch(each -> each.written().equals("on"));
  }

  /** Whether it says which services there are, be it none. */
  boolean namesServices() {
    return namesServices;
  }

  /** The keys of services that stand at the top. */
  List<Entry> own() {
    return own;
  }

  List<Entry> includes() {
    return includes;
  }

  List<Entry> settings() {
    return settings;
  }

  List<Entry> defaults() {
    return defaults;
  }

  List<Service> services() {
    return services;
  }
}
