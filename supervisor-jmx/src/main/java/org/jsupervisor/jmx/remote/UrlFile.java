package org.jsupervisor.jmx.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** The file that tells this user's consoles where the connector is. */
final class UrlFile {
  private final Path path;
  private final Object key;

  private UrlFile(Path path, Object key) {
    this.path = path;
    this.key = key;
  }

  /** Mode 0600 from the first moment on; in place of what is there, whole or not at all. */
  static UrlFile write(Path path, String url) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path directory = Objects.requireNonNullElse(absolute.getParent(), absolute);
    Path draft =
        Files.createTempFile(
            directory,
            ".jmx",
            ".url",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, url + "\n", StandardCharsets.US_ASCII);
      Object key = key(draft);
      Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
      return new UrlFile(absolute, key);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  /** Unless somebody else's is there by now. */
  void remove() throws IOException {
    try {
      if (key(path).equals(key)) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException gone) {
      // Then there is nothing to remove.
    }
  }

  private static Object key(Path path) throws IOException {
    return Objects.requireNonNullElse(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey(),
        path);
  }
}
