package org.jsupervisor.definition.svcdef;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The versions for which a definition has settings, and which of them its {@code env} chooses. As
 * things were when it was asked; immutable.
 *
 * @param directory where they are: one directory for each
 * @param chosen that to which {@code env} leads; empty if it leads nowhere, or has the settings
 *     itself
 * @param names of all that are there, sorted as text; links, such as {@code current}, are not among
 *     them
 */
public record Versions(Path directory, Optional<String> chosen, List<String> names) {
  /** Where they are looked for if {@code env} does not tell. */
  private static final List<String> PLACES =
      List.of("data/version", "data/versions", "data/release", "version", "versions");

  /** Copies the names. */
  public Versions {
    names = List.copyOf(names);
  }

  /** Those of a definition; without names if it has none. Nothing is opened but directories. */
  public static Versions of(Path definition) {
    Path real = LinkChain.real(definition);
    LinkChain env = LinkChain.of(real.resolve("env"));
    Path end = env.end();
    Path above = end.toAbsolutePath().resolveSibling("");
    boolean tells =
        env.isLink() && above.startsWith(real) && !above.equals(real) && Files.isDirectory(above);
    Path directory = tells ? above : usual(real);
    Optional<String> chosen =
        tells && Files.isDirectory(end)
            ? Optional.of(String.valueOf(end.getFileName()))
            : Optional.empty();
    return new Versions(directory, chosen, names(directory));
  }

  private static Path usual(Path definition) {
    return PLACES.stream()
        .map(definition::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(definition.resolve(PLACES.get(0)));
  }

  private static List<String> names(Path directory) {
    TreeSet<String> names = new TreeSet<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          String name = String.valueOf(entry.getFileName());
          if (!name.startsWith(".") && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            names.add(name);
          }
        }
      } catch (IOException | DirectoryIteratorException unreadable) {
        // Without a name no version can be chosen, and that is told.
        return List.copyOf(names);
      }
    }
    return List.copyOf(names);
  }

  /** Whether there is a version of this name. */
  boolean has(String name) {
    return names.contains(name);
  }
}
