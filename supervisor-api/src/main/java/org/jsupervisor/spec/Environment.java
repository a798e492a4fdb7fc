package org.jsupervisor.spec;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment of a child: what it takes over from the host, and what is set on top.
 *
 * <p>Immutable. Values are secrets: {@link #toString} shows names only.
 *
 * @param inheritance what is taken over
 * @param inherited the names that are taken over with {@link Inheritance#LISTED}, or left out with
 *     {@link Inheritance#ALL_BUT}
 * @param variables set on top, replacing what was taken over
 */
public record Environment(
    Inheritance inheritance, SortedSet<String> inherited, SortedMap<String, String> variables) {
  /** What a child takes over from the host. */
  public enum Inheritance {
    /** Everything. */
    ALL,
    /** Everything but the names in the list. */
    ALL_BUT,
    /** The names in the list, as far as the host has them. */
    LISTED,
    /** Nothing. */
    NONE
  }

  /**
   * Checks all names and values.
   *
   * @throws InvalidSpecException with every problem; values are not shown
   */
  public Environment {
    inherited = Collections.unmodifiableSortedSet(new TreeSet<>(inherited));
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    Problems problems = new Problems();
    for (String name : inherited) {
      checkName(name, problems);
    }
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      checkName(variable.getKey(), problems);
      if (variable.getValue().indexOf('\0') >= 0) {
        problems.add("environment " + variable.getKey(), "", "must not contain a NUL");
      }
    }
    if (!isListing(inheritance) && !inherited.isEmpty()) {
      problems.add(
          "environment", inherited.toString(), "must not list inherited names with " + inheritance);
    }
    problems.throwIfAny();
  }

  private static boolean isListing(Inheritance inheritance) {
    return switch (inheritance) {
      case LISTED, ALL_BUT -> true;
      case ALL, NONE -> false;
    };
  }

  private static void checkName(String name, Problems problems) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      problems.add("environment", name, "a name must not be empty nor contain '=' or a NUL");
    }
  }

  /** All that the host has (the default). */
  public static Environment inheritAll() {
    return new Environment(Inheritance.ALL, new TreeSet<>(), new TreeMap<>());
  }

  /** All that the host has, but not these names. */
  public static Environment inheritAllBut(Set<String> names) {
    return names.isEmpty()
        ? inheritAll()
        : new Environment(Inheritance.ALL_BUT, new TreeSet<>(names), new TreeMap<>());
  }

  /** Nothing of the host's. */
  public static Environment empty() {
    return new Environment(Inheritance.NONE, new TreeSet<>(), new TreeMap<>());
  }

  /** Only these names of the host's. */
  public static Environment inheritOnly(Set<String> names) {
    return new Environment(Inheritance.LISTED, new TreeSet<>(names), new TreeMap<>());
  }

  /** This environment with one variable set. */
  public Environment with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(variables);
    more.put(name, value);
    return new Environment(inheritance, inherited, more);
  }

  /** What the child gets on a host with the given environment. A pure function. */
  public SortedMap<String, String> resolve(Map<String, String> host) {
    SortedMap<String, String> result = new TreeMap<>();
    switch (inheritance) {
      case ALL -> result.putAll(host);
      case ALL_BUT -> {
        result.putAll(host);
        result.keySet().removeAll(inherited);
      }
      case LISTED ->
          host.forEach(
              (name, value) -> {
                if (inherited.contains(name)) {
                  result.put(name, value);
                }
              });
      case NONE -> {}
    }
    result.putAll(variables);
    return result;
  }

  /** Names only. */
  @Override
  public String toString() {
    return "Environment[inherits "
        + (inheritance == Inheritance.LISTED
            ? inherited
            : inheritance + (inherited.isEmpty() ? "" : inherited.toString()))
        + ", sets "
        + variables.keySet()
        + "]";
  }
}
