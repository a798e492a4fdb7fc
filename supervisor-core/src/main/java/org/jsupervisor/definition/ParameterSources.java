package org.jsupervisor.definition;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the parameters of definitions may take from outside: nothing, unless it is allowed here.
 * Immutable. Values may be secrets: {@link #toString} shows names only.
 *
 * @param environment the host's variables that definitions may see, by name; empty if it is not set
 * @param settings the settings of this site, by name; they go before those of a file
 */
public record ParameterSources(
    SortedMap<String, Optional<String>> environment, SortedMap<String, String> settings) {
  /** Copies both. */
  public ParameterSources {
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** No variable and no setting (the default). */
  public static ParameterSources none() {
    return new ParameterSources(new TreeMap<>(), new TreeMap<>());
  }

  /** Replaces which of the host's variables may be seen; their values are taken now. */
  public ParameterSources withEnvironment(Set<String> names) {
    return withEnvironment(names, System.getenv());
  }

  /** The same with another environment than that of this process. */
  public ParameterSources withEnvironment(Set<String> names, Map<String, String> host) {
    SortedMap<String, Optional<String>> seen = new TreeMap<>();
    names.forEach(name -> seen.put(name, Optional.ofNullable(host.get(name))));
    return new ParameterSources(seen, settings);
  }

  /** Replaces the settings of this site. */
  public ParameterSources withSettings(Map<String, String> replacement) {
    return new ParameterSources(environment, new TreeMap<>(replacement));
  }

  /** Names only. */
  @Override
  public String toString() {
    return "ParameterSources[environment "
        + environment.keySet()
        + ", settings "
        + settings.keySet()
        + "]";
  }
}
