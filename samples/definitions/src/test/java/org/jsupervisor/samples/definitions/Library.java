package org.jsupervisor.samples.definitions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The files of the library. */
final class Library {
  private static final Path FILES = Path.of("library");
  private static final String ENDING = ".properties";

  private Library() {}

  /** The names of all, sorted. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of one. */
  static List<String> lines(String name) {
    try {
      return Files.readAllLines(FILES.resolve(name + ENDING));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies one into a directory; what is checked out may be writable by others, this is not. */
  static Path copy(String name, Path directory) throws IOException {
    Path copy = Files.copy(FILES.resolve(name + ENDING), directory.resolve(name + ENDING));
    return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
