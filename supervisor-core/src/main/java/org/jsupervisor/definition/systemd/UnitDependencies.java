package org.jsupervisor.definition.systemd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.WhenLost;

/** The directives of a unit that name others, as far as those are in the same directory. */
final class UnitDependencies {
  private static final Map<String, WhenLost> RELATIONS =
      Map.of(
          "After", WhenLost.GOES_ON,
          "Requires", WhenLost.IS_RESTARTED,
          "BindsTo", WhenLost.IS_STOPPED);

  private final Unit unit;
  private final Path directory;
  private final String self;

  /** Dependencies of the unit with this whole name in this directory. */
  UnitDependencies(Unit unit, Path directory, String self) {
    this.unit = unit;
    this.directory = directory;
    this.self = self;
  }

  /** Adds all; the strongest relation to each holds. */
  void read(ProcessSpec.Builder builder) {
    Map<String, WhenLost> found = new TreeMap<>();
    RELATIONS.forEach(
        (key, whenLost) -> {
          for (String name : unit.wordsOfAll(key)) {
            if (isHere(key, name)) {
              String child = UnitName.child(UnitName.meant(directory, name));
              found.merge(child, whenLost, (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
          }
        });
    // Whatever is in the directory is started, so there is nothing more to it.
    unit.wordsOfAll("Wants").forEach(name -> isHere("Wants", name));
    found.forEach(builder::addDependency);
  }

  private boolean isHere(String key, String name) {
    boolean isHere =
        name.endsWith(UnitName.SUFFIX)
            && name.indexOf('/') < 0
            && Files.isRegularFile(directory.resolve(name));
    if (name.equals(self) || (isHere && UnitName.meant(directory, name).equals(self))) {
      unit.findings().problem(unit.place(key), name, "must be another unit");
      return false;
    }
    if (!isHere) {
      unit.findings()
          .note(unit.place(key), name, "is not honoured: it is no service of this directory");
    }
    return isHere;
  }
}
