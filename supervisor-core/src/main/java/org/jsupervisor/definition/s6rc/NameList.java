package org.jsupervisor.definition.s6rc;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.process.ChildId;

/** A list of names: a directory with one file for each, or a file with one line for each. */
final class NameList {
  private static final int BYTES_MAX = 64 * 1024;

  private NameList() {}

  /**
   * The names in {@code LIST.d/}, or else in {@code LIST}; without repetition, in their order.
   * None, and a problem, if others may write them.
   *
   * @param list the name of the file
   */
  static List<String> of(ServiceFiles files, String list) {
    if (!files.has(list + ".d")) {
      return ofFile(files, list);
    }
    if (files.has(list)) {
      files.note(list, "", "is not honoured: there is " + list + ".d");
    }
    ServiceFiles directory = files.below(list + ".d");
    return directory.isTrusted() ? checked(files, list + ".d", directory.names()) : List.of();
  }

  /**
   * The names in a file; blanks before a name and lines that begin with {@code #} are no part of
   * it.
   */
  static List<String> ofFile(ServiceFiles files, String list) {
    if (!files.has(list)) {
      return List.of();
    }
    List<String> names =
        files.text(list, BYTES_MAX).stream()
            .flatMap(String::lines)
            .map(String::stripLeading)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .distinct()
            .toList();
    return checked(files, list, names);
  }

  private static List<String> checked(ServiceFiles files, String list, List<String> names) {
    List<String> good = new ArrayList<>();
    for (String name : names) {
      if (ChildId.isName(name)) {
        good.add(name);
      } else {
        files.problem(list, name, "must have names only: " + ChildId.NAME_RULE);
      }
    }
    return good;
  }
}
