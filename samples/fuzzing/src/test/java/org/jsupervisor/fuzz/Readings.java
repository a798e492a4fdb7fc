package org.jsupervisor.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.spec.SpecProblem;

/** Files on the disk, and what holds for every reader, whatever is in them. */
final class Readings {
  /** A problem is told in a line or two: its place, the start of the value, and the rule. */
  private static final int TOLD_LENGTH_MAX = 1000;

  private static final int FILES_MAX = 40;

  /** With the sticky bit, without which a directory of perp is not active. */
  private static final int MODE = Integer.parseInt("1755", 8);

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  // Below a directory of the root, and nothing that leads out of it.
  private static final Pattern FILE =
      Pattern.compile(
          "(==|=!) ((?:[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,30}/){1,3}[A-Za-z0-9._-]{1,30})");

  private final Path root;
  private final DefinitionReader reader;
  private final DefinitionSettings settings;

  Readings(Path root, DefinitionReader reader) {
    this.root = root;
    this.reader = reader;
    try {
      this.settings = DefinitionSettings.of(root.resolve(".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, byte[] content) {
    write(name, content, "rw-r--r--");
  }

  private void write(String name, byte[] content, String mode) {
    Path path = root.resolve(name);
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, content);
      var unused = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the files of which the text tells, and nothing else is left: a line {@code ==
   * DIRECTORY/NAME} begins a file, and {@code =! DIRECTORY/NAME} a program.
   */
  void unpack(byte[] text) {
    clear();
    unpack(new String(text, StandardCharsets.ISO_8859_1));
    try (Stream<Path> entries = Files.list(root)) {
      for (Path each : entries.toList()) {
        var unused = Files.setAttribute(each, "unix:mode", MODE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all entries that the reader reads. */
  void readAll() {
    try (Stream<Path> entries = Files.list(root)) {
      entries
          .filter(each -> reader.reads(DirectoryEntry.at(each)))
          .forEach(each -> read(String.valueOf(each.getFileName())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void unpack(String text) {
    Optional<Matcher> open = Optional.empty();
    StringBuilder content = new StringBuilder();
    int files = 0;
    for (String line : text.split("(?<=\n)", -1)) {
      Matcher start = FILE.matcher(line.strip());
      if (files < FILES_MAX && start.matches()) {
        open.ifPresent(file -> close(file, content));
        open = Optional.of(start);
        files++;
      } else {
        content.append(line);
      }
    }
    open.ifPresent(file -> close(file, content));
  }

  private void close(Matcher file, StringBuilder content) {
    byte[] bytes = content.toString().getBytes(StandardCharsets.ISO_8859_1);
    content.setLength(0);
    Path path = root.resolve(file.group(2)).normalize();
    boolean isFree = !Files.isDirectory(path) && path.startsWith(root) && isBelowDirectories(path);
    if (isFree && !path.equals(root)) {
      String name = root.relativize(path).toString();
      write(name, bytes, file.group(1).equals("=!") ? "rwxr-xr-x" : "rw-r--r--");
    }
  }

  private boolean isBelowDirectories(Path path) {
    for (Path each = path.getParent(); !each.equals(root); each = each.getParent()) {
      if (Files.exists(each) && !Files.isDirectory(each)) {
        return false;
      }
    }
    return !path.getParent().equals(root);
  }

  private void clear() {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(root)) {
          Files.delete(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an entry, and looks at all that is told of it. */
  void read(String name) {
    DirectoryEntry entry = DirectoryEntry.at(root.resolve(name));
    require(reader.reads(entry), "the reader reads " + name);
    for (Definition each : reader.read(entry, settings)) {
      boolean isDefined = each instanceof Definition.Defined;
      require(isDefined == each.problems().isEmpty(), "defined without problems: " + each.name());
      told(each).forEach(this::check);
    }
  }

  private static List<SpecProblem> told(Definition definition) {
    List<SpecProblem> told = new ArrayList<>(definition.problems());
    if (definition instanceof Definition.Defined defined) {
      told.addAll(defined.notes());
    }
    return told;
  }

  private void check(SpecProblem problem) {
    String text = problem.toString();
    require(!CONTROL.matcher(text).find(), "no control character: " + text);
    require(text.length() <= TOLD_LENGTH_MAX + root.toString().length(), "a short text: " + text);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
