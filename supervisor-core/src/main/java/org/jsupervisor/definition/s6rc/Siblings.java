package org.jsupervisor.definition.s6rc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.process.ChildId;

/**
 * What a definition has to know of those beside it: which names are bundles and what is in them,
 * and whether both ends of a pipe know of each other. Each is read anew, since it may have changed.
 * Confined to the call that reads a definition, whose findings it tells.
 */
final class Siblings {
  /** How deep bundles may be in bundles. */
  static final int DEPTH_MAX = 32;

  private final ServiceFiles own;
  private final Path directory;

  Siblings(ServiceFiles own) {
    this.own = own;
    this.directory = own.directory().resolveSibling("");
  }

  private ServiceFiles files(String name) {
    return own.at(directory.resolve(name));
  }

  /** Whether the name is that of a sibling, and it is a definition of s6-rc. */
  boolean isThere(String name) {
    // What is no name may be no path either, or lead out of the directory.
    return ChildId.isName(name) && files(name).has("type");
  }

  private Optional<SourceType> type(String name) {
    return isThere(name)
        ? files(name).value("type").flatMap(SourceType::written)
        : Optional.empty();
  }

  /**
   * The names, with what is in them for bundles and pipelines. A name that nothing has is kept: a
   * service of another format may have it.
   *
   * @param place the file with the names, for problems
   */
  Set<String> atomic(String place, List<String> names) {
    Expansion expansion = new Expansion(place);
    names.forEach(expansion::expand);
    return expansion.atomic;
  }

  /** The way through bundles in bundles; each is looked at once, however many have it. */
  private final class Expansion {
    private final String place;
    private final List<String> path = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> atomic = new LinkedHashSet<>();

    Expansion(String place) {
      this.place = place;
    }

    void expand(String name) {
      if (path.contains(name) || path.size() == DEPTH_MAX) {
        String way = String.join(" > ", path) + " > " + name;
        own.problem(
            place,
            way,
            "must not have bundles in themselves, or more than " + DEPTH_MAX + " in each other");
      } else if (!isThere(name)) {
        List<String> pipeline = pipeline(name);
        atomic.addAll(pipeline.isEmpty() ? List.of(name) : pipeline);
      } else if (type(name).filter(SourceType.BUNDLE::equals).isEmpty()) {
        atomic.add(name);
      } else if (done.add(name)) {
        path.add(name);
        contents(files(name)).forEach(this::expand);
        path.remove(path.size() - 1);
      }
    }
  }

  /** Whoever may write the bundle could add the list that it does not have. */
  private static List<String> contents(ServiceFiles bundle) {
    return bundle.isTrusted() ? NameList.of(bundle, "contents") : List.of();
  }

  /**
   * The members of the pipeline of this name, from its first producer on; empty if there is none.
   */
  List<String> pipeline(String pipelineName) {
    List<String> members = new ArrayList<>();
    for (String first : directories()) {
      ServiceFiles files = files(first);
      if (files.has("pipeline-name")
          && !files.has("consumer-for")
          && files.value("pipeline-name").filter(pipelineName::equals).isPresent()) {
        Optional<String> next = Optional.of(first);
        while (next.isPresent() && !members.contains(next.get())) {
          members.add(next.get());
          next = files(next.get()).value("producer-for").filter(this::isThere);
        }
      }
    }
    return members;
  }

  private List<String> directories() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      own.problem("", "", "the directory above cannot be read: " + e);
    }
    return names.stream().filter(name -> !name.startsWith(".")).sorted().toList();
  }

  /** Whether the sibling is a longrun that says to read what this one writes. */
  boolean reads(String consumer, String producer) {
    return type(consumer).filter(SourceType.LONGRUN::equals).isPresent()
        && NameList.ofFile(files(consumer), "consumer-for").contains(producer);
  }

  /** Whether the sibling is a longrun that says to write for this one. */
  boolean writes(String producer, String consumer) {
    return type(producer).filter(SourceType.LONGRUN::equals).isPresent()
        && files(producer).value("producer-for").filter(consumer::equals).isPresent();
  }
}
