package org.jsupervisor.definition.svcdef;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.WhenLost;

/**
 * The links in {@code needs/}: each leads to another definition, whose name is that of the child
 * that must be there first. They are brought up, never down.
 */
final class Needs {
  private final ServiceFiles files;

  Needs(ServiceFiles files) {
    this.files = files;
  }

  /** What must be there first; circles are told where all definitions are known. */
  List<Dependency> read() {
    if (!files.has("needs")) {
      return List.of();
    }
    if (!files.hasDirectory("needs")) {
      files.problem("needs", "", "must be a directory");
      return List.of();
    }
    ServiceFiles needs = files.below("needs");
    List<String> links = needs.isTrusted() ? needs.names() : List.of();
    if (links.isEmpty()) {
      files.note("needs", "", "is empty: nothing is needed");
    }
    Set<String> names = new LinkedHashSet<>();
    for (String link : links) {
      Path path = needs.path(link);
      if (!Files.isSymbolicLink(path)) {
        needs.problem(link, "", "must be a link to a definition");
      } else if (!Files.isDirectory(path)) {
        needs.problem(link, "", "must lead to a definition that is there");
      } else if (!names.add(name(path))) {
        needs.note(link, name(path), "is needed already");
      }
    }
    return names.stream().map(name -> new Dependency(name, WhenLost.GOES_ON)).toList();
  }

  /** By the first hop: in a scan directory, the definition may itself be a link to elsewhere. */
  private static String name(Path link) {
    return String.valueOf(LinkChain.of(link).hops().get(1).getFileName());
  }
}
