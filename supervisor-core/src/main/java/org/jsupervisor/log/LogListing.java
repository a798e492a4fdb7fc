package org.jsupervisor.log;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files of a log directory at one moment, the oldest first, one for each label.
 *
 * <p>While a directory is being listed, a file that is renamed may be seen twice or not at all, and
 * then its lines would be lost or doubled. So the directory is listed until two listings agree.
 *
 * @param files the names
 * @param currentKey which file {@code current} is; empty if there is none
 * @param previousKey likewise for {@code previous}
 */
record LogListing(
    List<LogFileName> files, Optional<Object> currentKey, Optional<Object> previousKey) {
  private static final int TRIES_MAX = 20;
  private static final int SETTLINGS_MAX = 100;

  /** The files; empty when the logger rotates too fast for it: try again later. */
  static Optional<LogListing> of(Path directory) throws IOException {
    LogListing before = once(directory);
    for (int i = 0; i < TRIES_MAX; i++) {
      LogListing after = once(directory);
      if (after.equals(before)) {
        return Optional.of(after);
      }
      before = after;
    }
    return Optional.empty();
  }

  /**
   * The files, as soon as the logger gives the time to see them.
   *
   * @throws IOException if it does not
   */
  static LogListing settled(Path directory) throws IOException {
    for (int i = 0; i < SETTLINGS_MAX; i++) {
      Optional<LogListing> listing = of(directory);
      if (listing.isPresent()) {
        return listing.get();
      }
    }
    throw new IOException("log directory '" + directory + "': changes faster than it can be read");
  }

  private static LogListing once(Path directory) throws IOException {
    TreeSet<LogFileName> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        LogFileName.of(String.valueOf(entry.getFileName())).ifPresent(found::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException | NotDirectoryException missing) {
      // It may be made again.
      return new LogListing(List.of(), Optional.empty(), Optional.empty());
    }
    Optional<Object> current = keyOf(directory, LogFileName.CURRENT);
    Optional<Object> previous = keyOf(directory, LogFileName.PREVIOUS);
    found.removeIf(name -> name.equals(LogFileName.CURRENT) && current.isEmpty());
    found.removeIf(name -> name.equals(LogFileName.PREVIOUS) && previous.isEmpty());
    return new LogListing(oneForEachLabel(found), current, previous);
  }

  /** Which file had this name, if it is one that goes from file to file. */
  Optional<Object> keyOf(LogFileName name) {
    return name.equals(LogFileName.CURRENT) ? currentKey : previousKey;
  }

  private static List<LogFileName> oneForEachLabel(TreeSet<LogFileName> sorted) {
    List<LogFileName> files = new ArrayList<>();
    String label = "";
    for (LogFileName file : sorted) {
      if (!file.label().equals(label)) {
        files.add(file);
        label = file.label();
      }
    }
    return List.copyOf(files);
  }

  /** What tells the file with this name from all that are there; empty if it is no such file. */
  static Optional<Object> keyOf(Path directory, LogFileName name) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(
              directory.resolve(name.text()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(Objects.requireNonNull(attributes.fileKey(), "a POSIX file has an inode"))
          : Optional.empty();
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }
}
