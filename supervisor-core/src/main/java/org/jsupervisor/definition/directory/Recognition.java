package org.jsupervisor.definition.directory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells by its files whose service directory it is: by those that only one family has, in the
 * directory and in its {@code log/}. Where nothing tells, it is read as runit's.
 */
final class Recognition {
  /** Who wins, when a directory has files of several. */
  private static final List<Family> ORDER =
      List.of(Family.S6, Family.RUNIT, Family.ENCORE, Family.PERP, Family.DAEMONTOOLS);

  private final ServiceFiles files;
  private final Map<Family, String> signs = new EnumMap<>(Family.class);

  private Recognition(ServiceFiles files) {
    this.files = files;
    look(files, "");
    if (files.hasDirectory("log")) {
      look(files.below("log"), "log/");
    }
  }

  /** The family; what is not certain and matters is a note. */
  static Family of(ServiceFiles files) {
    return new Recognition(files).family();
  }

  private void look(ServiceFiles where, String prefix) {
    for (KnownFile<Family> each : FamilyFiles.ALL) {
      Optional<Family> sign = each.sign();
      if (sign.isPresent() && each.isIn(where)) {
        signs.putIfAbsent(sign.get(), prefix + each.text());
      }
    }
  }

  private Family family() {
    if (files.has("run")) {
      // Sets of definitions have links to the scripts of perp beside those of others.
      signs.remove(Family.PERP);
    } else if (signs.containsKey(Family.PERP)) {
      return Family.PERP;
    }
    if (signs.isEmpty()) {
      if (files.hasProgram("finish")) {
        files.note(
            "finish", "", "gets the arguments of runit: nothing tells whose directory it is");
      }
      return Family.RUNIT;
    }
    Family first = ORDER.stream().filter(signs::containsKey).findFirst().orElse(Family.RUNIT);
    if (signs.size() > 1) {
      String found =
          ORDER.stream()
              .filter(signs::containsKey)
              .map(each -> each + " (" + signs.get(each) + ")")
              .collect(Collectors.joining(", "));
      files.note("", "", "has files of " + found + "; it is read as a directory of " + first);
    }
    return first;
  }
}
