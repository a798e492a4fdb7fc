package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/** Writes definitions with the modes that they need, whatever the umask, and reads them. */
public final class DefinitionFixture {
  private final Path root;

  /** Definitions below this directory. */
  public DefinitionFixture(Path root) {
    this.root = root;
    mode(root, "rwxr-xr-x");
  }

  public DefinitionSettings settings() {
    try {
      return DefinitionSettings.of(logRoot());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path logRoot() {
    return root.resolve(".log");
  }

  /** A file below the root, with the directories above it. */
  public Path file(String name, String content) {
    try {
      Path path = root.resolve(name);
      if (!path.getParent().equals(root)) {
        directory(root.relativize(path.getParent()).toString());
      }
      Files.writeString(path, content);
      return mode(path, "rw-r--r--");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An executable file. */
  public Path program(String name, String content) {
    return mode(file(name, content), "rwxr-xr-x");
  }

  /** A directory below the root, and those above it; what is made does not depend on the umask. */
  public Path directory(String name) {
    Path path = root;
    for (Path each : Path.of(name)) {
      path = path.resolve(each);
      if (Files.notExists(path)) {
        make(path);
      }
    }
    return mode(path, "rwxr-xr-x");
  }

  private static void make(Path path) {
    try {
      mode(Files.createDirectory(path), "rwxr-xr-x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path mode(Path path, String mode) {
    try {
      return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Definition read(Path path) {
    DirectoryEntry entry = DirectoryEntry.at(path);
    DefinitionReader reader =
        entry.kind() == DirectoryEntry.Kind.DIRECTORY
            ? new ServiceDirectoryReader()
            : new ServiceFileReader();
    return read(path, reader);
  }

  /** The only definition that this reader makes of it. */
  public Definition read(Path path, DefinitionReader reader) {
    List<Definition> all = readAll(path, reader);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** All that this reader makes of it. */
  public List<Definition> readAll(Path path, DefinitionReader reader) {
    DirectoryEntry entry = DirectoryEntry.at(path);
    assertThat(reader.reads(entry)).isTrue();
    return reader.read(entry, settings());
  }

  /** All that an entry defines. */
  public List<Definition> readAll(Path path, DefinitionSettings settings) {
    return new ServiceFileReader().read(DirectoryEntry.at(path), settings);
  }

  /** The same with the usual settings. */
  public List<Definition> readAll(Path path) {
    return readAll(path, settings());
  }

  /** Each definition in a line: its name and whether it is in order, or what is wrong. */
  public List<String> outcomes(Path path) {
    return outcomes(readAll(path));
  }

  /** The same of these. */
  public List<String> outcomes(List<Definition> definitions) {
    return definitions.stream()
        .map(
            each ->
                each.name()
                    + (each instanceof Definition.Defined ? " defined" : "")
                    + (each instanceof Definition.Refused ? " refused " : "")
                    + (each instanceof Definition.Unreadable ? " unreadable " : "")
                    + each.problems().stream()
                        .map(problem -> problem.toString().replace(root + "/", ""))
                        .collect(Collectors.joining("; ")))
        .toList();
  }

  public Definition.Defined defined(Path path) {
    Definition definition = read(path);
    assertThat(definition).isInstanceOf(Definition.Defined.class);
    return (Definition.Defined) definition;
  }

  public ProcessSpec spec(Path path) {
    return defined(path).spec();
  }

  public List<SpecProblem> problems(Path path) {
    Definition definition = read(path);
    assertThat(definition).isInstanceOf(Definition.Refused.class);
    return ((Definition.Refused) definition).problems();
  }

  /** The problems as text, without the root. */
  public List<String> told(Path path) {
    return problems(path).stream().map(each -> each.toString().replace(root + "/", "")).toList();
  }

  /** What a definition tells, as text without the root: its notes, or its problems. */
  public List<String> told(Definition definition) {
    List<SpecProblem> all =
        definition instanceof Definition.Defined defined ? defined.notes() : definition.problems();
    return all.stream().map(each -> each.toString().replace(root + "/", "")).toList();
  }

  public List<String> notes(Path path) {
    return defined(path).notes().stream()
        .map(each -> each.toString().replace(root + "/", ""))
        .toList();
  }
}
