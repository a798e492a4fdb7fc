package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a directory of variables while a definition is read, by the rules of envdir: each file is a
 * variable, its first line, without blanks and tabs at its end, the value; a NUL in it stands for a
 * newline; a file of 0 bytes removes the variable; names that begin with a dot are skipped. It is
 * what {@link org.jsupervisor.spec.FileStep.EnvironmentDirectory} does at each start, but the
 * values are part of the spec, so that a change of one is a change of the definition.
 *
 * <p>Problems: what cannot be read or trusted, names with a {@code =}, text that is not UTF-8. More
 * lines than one are a note. No value is ever shown. Confined to the call that reads.
 */
public final class EnvDirectory {
  /** The longest value, in bytes. */
  public static final int VALUE_BYTES_MAX = 128 * 1024;

  /** The most files in a directory. */
  public static final int FILES_MAX = 1000;

  private final TrustedFiles files;
  private final Findings findings;

  /** A reader that tells these findings, which are those of the files. */
  public EnvDirectory(TrustedFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  /** All variables of a directory that is there; those that are refused are left out, and told. */
  public SortedMap<String, Setting> read(Path directory) {
    SortedMap<String, Setting> found = new TreeMap<>();
    for (Path file : list(directory)) {
      String name = String.valueOf(file.getFileName());
      if (name.indexOf('=') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
        findings.problem(
            directory.toString(),
            name.replaceAll("\\p{Cntrl}", "?"),
            "the name of a variable must not have '=' or control characters");
      } else {
        files
            .read(file, VALUE_BYTES_MAX + 1)
            .flatMap(bytes -> setting(file, bytes))
            .ifPresent(setting -> found.put(name, setting));
      }
    }
    return found;
  }

  private Iterable<Path> list(Path directory) {
    TreeSet<Path> entries = new TreeSet<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(
            directory, file -> !String.valueOf(file.getFileName()).startsWith("."))) {
      for (Path entry : stream) {
        if (entries.size() == FILES_MAX) {
          findings.problem(directory.toString(), "", "must have at most " + FILES_MAX + " files");
          break;
        }
        entries.add(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      findings.problem(directory.toString(), "", "cannot be read: " + e);
    }
    return entries;
  }

  private Optional<Setting> setting(Path file, byte[] bytes) {
    String origin = file.toString();
    if (bytes.length == 0) {
      return Optional.of(new Setting(Optional.empty(), origin));
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end > VALUE_BYTES_MAX) {
      findings.problem(
          origin, "", "the first line must have at most " + VALUE_BYTES_MAX + " bytes");
      return Optional.empty();
    }
    noteMoreLines(file, bytes, end);
    while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
      end--;
    }
    return decoded(origin, ByteBuffer.wrap(bytes, 0, end))
        .map(text -> new Setting(Optional.of(text.replace('\0', '\n')), origin));
  }

  private void noteMoreLines(Path file, byte[] bytes, int end) {
    for (int i = end; i < bytes.length; i++) {
      if (!Character.isWhitespace(bytes[i])) {
        findings.note(file, "", "has several lines, of which only the first counts");
        return;
      }
    }
  }

  private Optional<String> decoded(String origin, ByteBuffer line) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(line).toString());
    } catch (CharacterCodingException e) {
      findings.problem(origin, "", "the first line must be UTF-8 text");
      return Optional.empty();
    }
  }
}
