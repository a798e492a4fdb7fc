package org.jsupervisor.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Copies the directories that were made for the tests of a format; scripts become executable. */
public final class MadeDirectories {
  private MadeDirectories() {}

  /** Copies what is in a directory of the resources below the fixture's root. */
  public static void copy(String name, DefinitionFixture disk) {
    URL url = Objects.requireNonNull(MadeDirectories.class.getResource("made/" + name), name);
    try {
      Path made = Path.of(url.toURI());
      try (Stream<Path> files = Files.walk(made)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          String content = Files.readString(file);
          String target = made.relativize(file).toString();
          var unused =
              content.startsWith("#!") ? disk.program(target, content) : disk.file(target, content);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
