package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Makes and changes scan directories. */
final class Services {
  private Services() {}

  /** A service directory whose {@code run} is this script. */
  static Path script(Path scanDirectory, String name, String... lines) throws IOException {
    Path service = Files.createDirectories(scanDirectory.resolve(name));
    return executable(service.resolve("run"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
  }

  static Path executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Copies a service directory of this sample. */
  static Path copy(Path from, Path scanDirectory) throws IOException {
    Path target = scanDirectory.resolve(from.getFileName().toString());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            target.resolve(from.relativize(file).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
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
