package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.spec.FileStep.EnvironmentDirectory;
import org.jsupervisor.spec.FileStep.EnvironmentDirectory.IfMissing;
import org.jsupervisor.spec.LaunchStep.Kind;

/** Reads environment directories. No value ever gets into a message. */
final class EnvironmentFiles {
  static final int BYTES_MAX = 128 * 1024;
  static final int FILES_MAX = 10_000;

  private EnvironmentFiles() {}

  /** Sets and removes what the directory says. */
  static void apply(EnvironmentDirectory step, SortedMap<String, String> environment)
      throws StepRefusedException {
    Path directory = step.directory();
    SortedMap<String, Optional<String>> found = new TreeMap<>();
    try {
      if (step.missing() == IfMissing.IGNORED && !Files.exists(directory)) {
        return;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          read(file, found);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw refused(directory, e);
    } catch (IOException e) {
      throw refused(directory, e);
    }
    for (Map.Entry<String, Optional<String>> variable : found.entrySet()) {
      environment.remove(variable.getKey());
      variable.getValue().ifPresent(value -> environment.put(variable.getKey(), value));
    }
  }

  private static void read(Path file, SortedMap<String, Optional<String>> found)
      throws IOException, StepRefusedException {
    String name = file.getFileName().toString();
    if (name.startsWith(".")) {
      return;
    }
    if (name.indexOf('=') >= 0) {
      throw new StepRefusedException(
          Kind.ENVIRONMENT_DIRECTORY,
          Errno.EINVAL,
          "the name of '" + file + "' must not have a '='");
    }
    if (found.size() >= FILES_MAX) {
      throw new StepRefusedException(
          Kind.ENVIRONMENT_DIRECTORY,
          Errno.E2BIG,
          "'" + file.getParent() + "' must have at most " + FILES_MAX + " files");
    }
    if (!Files.isRegularFile(file)) {
      // A pipe would make the start wait.
      throw new StepRefusedException(
          Kind.ENVIRONMENT_DIRECTORY, Errno.EINVAL, "'" + file + "' must be a regular file");
    }
    found.put(name, value(file));
  }

  private static Optional<String> value(Path file) throws IOException, StepRefusedException {
    byte[] bytes;
    try (InputStream content = Files.newInputStream(file)) {
      bytes = content.readNBytes(BYTES_MAX + 1);
    }
    if (bytes.length == 0) {
      return Optional.empty();
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end > BYTES_MAX) {
      throw new StepRefusedException(
          Kind.ENVIRONMENT_DIRECTORY,
          Errno.E2BIG,
          "the first line of '" + file + "' must have at most " + BYTES_MAX + " bytes");
    }
    while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
      end--;
    }
    byte[] line = new byte[end];
    for (int i = 0; i < end; i++) {
      line[i] = bytes[i] == 0 ? (byte) '\n' : bytes[i];
    }
    return Optional.of(CString.text(line));
  }

  private static StepRefusedException refused(Path directory, Exception cause) {
    return new StepRefusedException(
        Kind.ENVIRONMENT_DIRECTORY,
        cause instanceof NoSuchFileException ? Errno.ENOENT : Errno.EACCES,
        "'" + directory + "' cannot be read: " + cause);
  }
}
