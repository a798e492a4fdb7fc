package org.jsupervisor.definition.own;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service of a file.
 *
 * @param name as it is written; that of a template ends with {@code @}
 * @param home where it begins
 * @param entries its keys in the order of the file
 */
record Service(String name, Place home, List<Entry> entries) {
  Service {
    entries = List.copyOf(entries);
  }

  /** This service with what it does not say itself taken from the defaults. */
  Service over(List<Entry> defaults) {
    return new Service(name, home, over(entries, defaults));
  }

  /** The near entries, and those of the far whose keys the near do not have. */
  static List<Entry> over(List<Entry> near, List<Entry> far) {
    Set<String> said = new HashSet<>();
    near.forEach(entry -> said.add(entry.key()));
    return Stream.concat(near.stream(), far.stream().filter(each -> !said.contains(each.key())))
        .toList();
  }
}
