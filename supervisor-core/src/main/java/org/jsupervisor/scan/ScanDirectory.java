package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.definition.s6rc.SourceDirectoryReader;
import org.jsupervisor.spec.SpecProblem;

/**
 * A directory with one entry for each service. Immutable and thread-safe; each {@link #read} looks
 * at the disk anew.
 *
 * <pre>{@code
 * ScanResult found = ScanDirectory.of(path, DefinitionSettings.of(logs)).read();
 * found.specs().forEach(supervisorSpec::addChild);
 * }</pre>
 *
 * <p>Entries whose name begins with a dot are skipped, so that a definition can be written under
 * such a name and renamed into place. Of the others, each is read by the first reader that knows
 * it.
 */
public final class ScanDirectory {
  /** The most entries that are read. */
  public static final int ENTRIES_MAX = 10_000;

  private final Path path;
  private final List<DefinitionReader> readers;
  private final DefinitionSettings settings;
  private final UnaryOperator<DefinitionSettings> refresh;

  /** A directory with these formats, asked in this order. */
  public ScanDirectory(Path path, List<DefinitionReader> readers, DefinitionSettings settings) {
    this(path.toAbsolutePath().normalize(), readers, settings, UnaryOperator.identity());
  }

  private ScanDirectory(
      Path path,
      List<DefinitionReader> readers,
      DefinitionSettings settings,
      UnaryOperator<DefinitionSettings> refresh) {
    this.path = path;
    this.readers = List.copyOf(readers);
    this.settings = settings;
    this.refresh = refresh;
  }

  /**
   * A directory whose settings are completed anew at the beginning of each reading, on the thread
   * that reads: with what a file says that may change, as {@code SiteSettings.read} does. Files
   * that are read through {@code TrustedFiles} with the settings it is given are watched, too. What
   * it throws is thrown by {@link #read}. It takes the place of one that was given before, and who
   * is told of files stays.
   */
  public ScanDirectory refreshing(UnaryOperator<DefinitionSettings> completing) {
    return new ScanDirectory(path, readers, settings, completing);
  }

  /**
   * A directory with service files, source directories of s6-rc, and service directories of
   * daemontools, daemontools-encore, runit, s6 and perp.
   */
  public static ScanDirectory of(Path path, DefinitionSettings settings) {
    return new ScanDirectory(
        path,
        List.of(new ServiceFileReader(), new SourceDirectoryReader(), new ServiceDirectoryReader()),
        settings);
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /**
   * Reads all entries. What is wrong with one of them is part of the result.
   *
   * @throws ScanFailedException if the directory itself cannot be read or trusted
   */
  public ScanResult read() throws ScanFailedException {
    List<SpecProblem> unread = new ArrayList<>();
    List<Definition> definitions = new ArrayList<>();
    Set<Path> elsewhere = new HashSet<>();
    Reading reading = new Reading(settingsOfNow(elsewhere), elsewhere);
    for (Path each : entries()) {
      DirectoryEntry entry = DirectoryEntry.at(each);
      Optional<List<Definition>> found = read(entry, reading);
      if (found.isEmpty()) {
        unread.add(problem(entry, "is no definition; it is not read"));
      } else if (found.get().isEmpty()) {
        unread.add(problem(entry, "defines no service"));
      }
      found.ifPresent(definitions::addAll);
    }
    return new ScanResult(path, Neighbours.judged(withoutDoubles(definitions)), unread, elsewhere);
  }

  /**
   * Where changes of the directory are to be seen, and the names that matter there; all, if there
   * is none. Besides the directory itself these are its parent, in which it may be exchanged, the
   * places where its links lead to, of an entry that is a directory what its reader says, and the
   * files elsewhere of which the last reading has told.
   */
  WatchList watched(Set<Path> elsewhere) throws IOException {
    WatchList watched = new WatchList();
    watched.name(path);
    watched.all(path);
    List<Path> entries = Files.isDirectory(path) ? entries() : List.of();
    for (Path each : entries) {
      watched.links(each);
      DirectoryEntry entry = DirectoryEntry.at(each);
      if (entry.kind() == DirectoryEntry.Kind.DIRECTORY) {
        readers.stream()
            .filter(reader -> reader.reads(entry))
            .findFirst()
            .ifPresent(reader -> reader.places(entry).forEach(watched::all));
      }
    }
    for (Path file : elsewhere) {
      watch(watched, file.toAbsolutePath());
    }
    return watched;
  }

  /** A directory that was searched may get more files of the kind. */
  private static void watch(WatchList watched, Path place) throws IOException {
    if (Files.isDirectory(place)) {
      watched.all(place);
    }
    watched.name(place);
    watched.links(place);
  }

  private List<Path> entries() throws ScanFailedException {
    if (!Files.exists(path)) {
      throw new ScanFailedException(path, "is missing");
    }
    if (!Files.isDirectory(path)) {
      throw new ScanFailedException(path, "must be a directory");
    }
    for (SpecProblem problem : settings.distrust(path)) {
      throw new ScanFailedException(path, problem);
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, ScanDirectory::isVisible)) {
      for (Path entry : stream) {
        entries.add(entry);
        if (entries.size() > ENTRIES_MAX) {
          throw new ScanFailedException(path, "must have at most " + ENTRIES_MAX + " entries");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new ScanFailedException(path, "cannot be read: " + e.getCause());
    } catch (ScanFailedException e) {
      throw e;
    } catch (IOException e) {
      throw new ScanFailedException(path, e);
    }
    entries.sort(Comparator.comparing(entry -> String.valueOf(entry.getFileName())));
    return entries;
  }

  private static boolean isVisible(Path entry) {
    return !String.valueOf(entry.getFileName()).startsWith(".");
  }

  /** What the first reader makes of it that knows it; empty if none does. */
  private Optional<List<Definition>> read(DirectoryEntry entry, Reading reading) {
    if (entry.kind() == DirectoryEntry.Kind.DANGLING_LINK) {
      return Optional.of(unreadable(entry, "must not be a link that leads nowhere"));
    }
    for (DefinitionReader reader : readers) {
      try {
        if (reader.reads(entry)) {
          return Optional.of(read(reader, entry, reading));
        }
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        // Code of the embedder's, too: this entry cannot be read then, and the others can.
        return Optional.of(unreadable(entry, "could not be read: " + e));
      }
    }
    return Optional.empty();
  }

  /** What one reading has, and what it comes to know. */
  private record Reading(DefinitionSettings settings, Set<Path> elsewhere) {}

  private DefinitionSettings settingsOfNow(Set<Path> read) {
    return refresh
        .apply(settings.withFilesTold(settings.filesTold().andThen(read::add)))
        .withFilesTold(settings.filesTold());
  }

  private List<Definition> read(DefinitionReader reader, DirectoryEntry entry, Reading reading) {
    if (entry.kind() == DirectoryEntry.Kind.SPECIAL) {
      return unreadable(entry, "must be a regular file");
    }
    Set<Path> noticed = new HashSet<>();
    noticed.add(path);
    if (entry.kind() == DirectoryEntry.Kind.DIRECTORY) {
      noticed.addAll(reader.places(entry));
    }
    Consumer<Path> note =
        file -> {
          if (!isVisible(file) || !noticed.contains(file.getParent()) || Files.isDirectory(file)) {
            reading.elsewhere.add(file);
          }
        };
    return reader.read(entry, reading.settings.withFilesTold(settings.filesTold().andThen(note)));
  }

  /** Of two definitions with one name neither is taken: which is meant cannot be known. */
  private static List<Definition> withoutDoubles(List<Definition> definitions) {
    Map<String, List<Path>> origins = new HashMap<>();
    for (Definition each : definitions) {
      each.names()
          .forEach(
              name -> origins.computeIfAbsent(name, any -> new ArrayList<>()).add(each.origin()));
    }
    return definitions.stream()
        .map(each -> unique(each, origins))
        .sorted(Comparator.comparing(Definition::name))
        .toList();
  }

  private static Definition unique(Definition definition, Map<String, List<Path>> origins) {
    for (String name : definition.names()) {
      List<Path> all = origins.getOrDefault(name, List.of());
      if (all.size() > 1) {
        return doubled(definition, name, all);
      }
    }
    return definition;
  }

  private static Definition doubled(Definition definition, String name, List<Path> origins) {
    List<SpecProblem> problems = new ArrayList<>();
    problems.add(
        new SpecProblem(
            definition.origin().toString(), name, "must be defined only once, is by " + origins));
    problems.addAll(definition.problems());
    return new Definition.Refused(definition.origin(), definition.name(), problems);
  }

  private static List<Definition> unreadable(DirectoryEntry entry, String rule) {
    return List.of(new Definition.Unreadable(entry.path(), List.of(problem(entry, rule))));
  }

  /** A name may contain anything, a line break too. */
  private static SpecProblem problem(DirectoryEntry entry, String rule) {
    return new SpecProblem(entry.path().toString().replaceAll("\\p{Cntrl}", "?"), "", rule);
  }
}
