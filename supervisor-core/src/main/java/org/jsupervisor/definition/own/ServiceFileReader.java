package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.own.Instances.Instance;
import org.jsupervisor.definition.own.text.TextFormat;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads service files: {@code NAME.properties}, {@code .ini}, {@code .yaml}, {@code .yml}, {@code
 * .json} and {@code .xml}, with the keys of {@code docs/formats/own.md}. Stateless and thread-safe.
 *
 * <pre>
 * command = /usr/bin/redis-server
 * argument = --port
 * argument = 7001
 * restart = permanent
 * </pre>
 *
 * <p>Values are taken as they are written, unless the file says {@code parameters = on}.
 */
public final class ServiceFileReader implements DefinitionReader {
  /** The largest file that is read. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  /** How many services one file may define. */
  public static final int SERVICES_MAX = 1000;

  private static final String UNNAMED = "unnamed";

  /** A reader without settings. */
  public ServiceFileReader() {}

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() != DirectoryEntry.Kind.DIRECTORY && TextFormat.of(entry.name()).isPresent();
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    return new FileLoader(settings, findings)
        .load(entry.path())
        .map(layers -> new Reading(entry, settings, layers, findings).definitions())
        .orElseGet(() -> List.of(faulty(entry, findings)));
  }

  /** What a faulty file defines is not known, but for what can define one service only. */
  private static Definition faulty(DirectoryEntry entry, Findings findings) {
    TextFormat format = TextFormat.of(entry.name()).orElseThrow();
    String name = format.stem(entry.name());
    return format == TextFormat.PROPERTIES && !name.endsWith(Instances.SUFFIX)
        ? findings.conclude(entry, name, () -> ProcessSpec.builder(name, "").build())
        : findings.unreadable(entry);
  }

  /**
   * One file being read.
   *
   * @param findings of the file as a whole
   */
  private record Reading(
      DirectoryEntry entry, DefinitionSettings settings, Layers layers, Findings findings) {
    /**
     * A service that is to be defined.
     *
     * @param instance if it is one of a template
     */
    private record Wanted(Service service, String name, Optional<Instance> instance) {}

    List<Definition> definitions() {
      TextFormat format = TextFormat.of(entry.name()).orElseThrow();
      List<Service> services = layers.services();
      boolean isOne =
          format == TextFormat.PROPERTIES
              || (!layers.namesServices() && (services.isEmpty() || !layers.own().isEmpty()));
      if (isOne) {
        refuseServices(services);
        Place home = new Place(entry.path().toString(), 0, "");
        services = List.of(new Service(format.stem(entry.name()), home, layers.own()));
      }
      List<Wanted> wanted = wanted(services);
      if (isOne && wanted.size() == 1 && wanted.get(0).instance().isEmpty()) {
        return List.of(one(wanted.get(0)));
      }
      return findings.count() > 0 ? List.of(findings.unreadable(entry)) : all(wanted);
    }

    /** Tells what is wrong with the file and the service together. */
    private Definition one(Wanted wanted) {
      int ofFile = findings.count();
      Parameters parameters = parameters(wanted, findings);
      ProcessSpec.Builder builder = builder(wanted, parameters, findings);
      return parameters.hidden(
          ofFile == 0
              ? findings.conclude(entry, wanted.name(), builder::build)
              : faulty(entry, findings));
    }

    private void refuseServices(List<Service> services) {
      for (Service each : services) {
        findings.problem(
            each.home().at(), each.name(), "must not be included: the file is for one service");
      }
    }

    /** Stops at the first that is too much: a small file can ask for millions. */
    private List<Wanted> wanted(List<Service> services) {
      List<Wanted> wanted = new ArrayList<>();
      if (services.size() > SERVICES_MAX) {
        refuseNumber(Integer.toString(services.size()));
        return wanted;
      }
      for (Service each : services) {
        wanted.addAll(wanted(each.over(layers.defaults())));
        if (wanted.size() > SERVICES_MAX) {
          refuseNumber(wanted.size() + " up to " + each.name());
          break;
        }
      }
      return wanted;
    }

    private void refuseNumber(String number) {
      findings.problem(
          entry.path().toString(), number, "must define at most " + SERVICES_MAX + " services");
    }

    private List<Wanted> wanted(Service service) {
      List<Entry> instances =
          service.entries().stream().filter(each -> each.key().equals("instances")).toList();
      if (instances.isEmpty() || !service.name().endsWith(Instances.SUFFIX)) {
        return List.of(new Wanted(service, service.name(), Optional.empty()));
      }
      Parameters outside =
          new Parameters(settings.parameters(), layers, Optional.empty(), findings);
      List<Wanted> wanted = new ArrayList<>();
      for (Instance each : Instances.of(outside.replaceIn(instances), findings).orElse(List.of())) {
        wanted.add(new Wanted(service, service.name() + each.name(), Optional.of(each)));
      }
      return wanted;
    }

    private List<Definition> all(List<Wanted> wanted) {
      Map<String, Integer> counts = new HashMap<>();
      wanted.forEach(each -> counts.merge(each.name(), 1, Integer::sum));
      List<Definition> definitions = new ArrayList<>();
      for (Wanted each : wanted) {
        Findings own = new Findings();
        if (counts.getOrDefault(each.name(), 0) > 1) {
          own.problem(each.service().home().at(), each.name(), "must be defined only once");
        }
        Parameters parameters = parameters(each, own);
        ProcessSpec.Builder builder = builder(each, parameters, own);
        definitions.add(parameters.hidden(own.conclude(entry, each.name(), builder::build)));
      }
      return definitions;
    }

    private Parameters parameters(Wanted wanted, Findings own) {
      return new Parameters(settings.parameters(), layers, wanted.instance(), own);
    }

    private ProcessSpec.Builder builder(Wanted wanted, Parameters parameters, Findings own) {
      Service service = wanted.service();
      ServiceProperties properties =
          new ServiceProperties(service.home(), parameters.replaceIn(service.entries()), own);
      if (wanted.instance().isEmpty()) {
        properties.refuse("is for a name that ends with @ only", ServiceKey.INSTANCES);
      }
      Path file = entry.path();
      Path home = Optional.ofNullable(file.getParent()).orElse(file);
      // A name that is none may be no path either; it is refused at the end, with all else.
      String name = ChildId.isName(wanted.name()) ? wanted.name() : UNNAMED;
      return ServiceSpecs.builder(name, properties, home, settings);
    }
  }
}
