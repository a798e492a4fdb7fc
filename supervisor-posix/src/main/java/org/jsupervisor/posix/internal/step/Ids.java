package org.jsupervisor.posix.internal.step;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A user in numbers; each an unsigned one of 32 bits.
 *
 * @param account the name, if nothing but what the database has for it was asked for
 * @param uid the user
 * @param gid its group
 * @param groups the supplementary ones, without {@code gid}
 */
record Ids(Optional<String> account, long uid, long gid, SortedSet<Long> groups) {
  Ids {
    SortedSet<Long> others = new TreeSet<>(groups);
    others.remove(gid);
    groups = Collections.unmodifiableSortedSet(others);
  }

  /** The supplementary groups, with something in between. */
  String groups(String separator) {
    return groups.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }
}
