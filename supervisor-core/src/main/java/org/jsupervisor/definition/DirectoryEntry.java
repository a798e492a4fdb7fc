package org.jsupervisor.definition;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * An entry of a scan directory, as a {@link DefinitionReader} is asked about it. Immutable.
 *
 * @param path absolute
 * @param kind what it is, or what the symbolic link leads to
 */
public record DirectoryEntry(Path path, Kind kind) {
  /** What an entry is. */
  public enum Kind {
    /** A directory. */
    DIRECTORY,
    /** A regular file. */
    FILE,
    /** A symbolic link that leads nowhere. */
    DANGLING_LINK,
    /** A FIFO, socket or device: never to be opened. */
    SPECIAL
  }

  /**
   * Makes the path absolute; links in it are kept, so that specs do not change with their targets.
   */
  public DirectoryEntry {
    path = path.toAbsolutePath().normalize();
  }

  /** Looks at what is there, following a symbolic link. */
  public static DirectoryEntry at(Path path) {
    if (Files.isDirectory(path)) {
      return new DirectoryEntry(path, Kind.DIRECTORY);
    }
    if (Files.isRegularFile(path)) {
      return new DirectoryEntry(path, Kind.FILE);
    }
    boolean dangling = Files.isSymbolicLink(path) && !Files.exists(path);
    boolean gone = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    return new DirectoryEntry(path, dangling || gone ? Kind.DANGLING_LINK : Kind.SPECIAL);
  }

  /** The last part of the path. */
  public String name() {
    return String.valueOf(path.getFileName());
  }
}
