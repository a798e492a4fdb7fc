package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Makes and changes scan directories, with the modes that they need, whatever the umask. */
public final class Services {
  private Services() {}

  /** A service directory whose {@code run} is this script. */
  public static Path script(Path scanDirectory, String name, String... lines) throws IOException {
    Path service = directory(scanDirectory.resolve(name));
    return executable(service.resolve("run"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
  }

  /** A directory, which may be there already. */
  public static Path directory(Path directory) throws IOException {
    return mode(Files.createDirectories(directory), "rwxr-xr-x");
  }

  public static Path file(Path file, String content) throws IOException {
    return mode(Files.writeString(file, content), "rw-r--r--");
  }

  public static Path executable(Path file, String content) throws IOException {
    return mode(Files.writeString(file, content), "rwxr-xr-x");
  }

  private static Path mode(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  /** Copies a definition of this sample; a checkout may be writable by the group. */
  public static Path copy(Path from, Path scanDirectory) throws IOException {
    Path target = scanDirectory.resolve(from.getFileName().toString());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = from.equals(file) ? target : target.resolve(from.relativize(file));
        Files.copy(file, copy);
        mode(copy, Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
    return target;
  }

  static void replace(Path file, String what, String with) throws IOException {
    Files.writeString(file, Files.readString(file).replace(what, with));
  }

  static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
