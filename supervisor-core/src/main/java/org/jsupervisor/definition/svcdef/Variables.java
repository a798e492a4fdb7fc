package org.jsupervisor.definition.svcdef;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsupervisor.definition.Setting;
import org.jsupervisor.spec.Environment;

/**
 * The variables of a definition: those of the whole system, over them its own, over them those of
 * the site. Confined to the call that reads a definition.
 *
 * @param system what {@code ../.env} says
 * @param own what {@code env} says, and over it the site
 */
record Variables(SortedMap<String, Setting> system, SortedMap<String, Setting> own) {
  static Variables of(
      SortedMap<String, Setting> system,
      SortedMap<String, Setting> definition,
      SortedMap<String, Setting> site) {
    SortedMap<String, Setting> own = new TreeMap<>(definition);
    own.putAll(site);
    return new Variables(system, own);
  }

  private SortedMap<String, Setting> all() {
    SortedMap<String, Setting> all = new TreeMap<>(system);
    all.putAll(own);
    return all;
  }

  /** What holds for the daemon; empty if nobody sets it, or it is removed. */
  Optional<Setting> get(SvcdefVariable variable) {
    return Optional.ofNullable(all().get(variable.name()))
        .filter(setting -> setting.text().isPresent());
  }

  /**
   * The same of what a definition must say itself: {@code STATEDIR} of the whole system is the
   * directory in which others have theirs, and belongs to no daemon.
   */
  Optional<Setting> own(SvcdefVariable variable) {
    return Optional.ofNullable(own.get(variable.name()))
        .filter(setting -> setting.text().isPresent());
  }

  /** What the host has, without what is removed, and all that is set. */
  Environment environment() {
    SortedMap<String, String> set = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    all()
        .forEach(
            (name, setting) ->
                setting
                    .text()
                    .ifPresentOrElse(text -> set.put(name, text), () -> removed.add(name)));
    Environment base = Environment.inheritAllBut(removed);
    return new Environment(base.inheritance(), base.inherited(), set);
  }
}
