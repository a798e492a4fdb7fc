package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The file system. Thread-safe. */
final class DiskFiles implements FileOperations {
  private static final FileAttribute<?> DIRECTORY_MODE = mode("rwxr-x---");
  private static final FileAttribute<?> FILE_MODE = mode("rw-r-----");

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, DIRECTORY_MODE);
    }
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    // Opening a FIFO would block until somebody reads it.
    if (isThere(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("log file '" + file + "': must be a regular file");
    }
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, all, FILE_MODE);
  }

  @Override
  public Object keyOf(Path file) throws IOException {
    return Objects.requireNonNull(attributes(file).fileKey(), "a POSIX file has an inode");
  }

  @Override
  public Instant madeAt(Path file) throws IOException {
    return attributes(file).creationTime().toInstant();
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        addIfRegular(file, found);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static void addIfRegular(Path file, List<Entry> found) throws IOException {
    try {
      BasicFileAttributes attributes = attributes(file);
      if (attributes.isRegularFile()) {
        found.add(new Entry(file.getFileName().toString(), attributes.size()));
      }
    } catch (NoSuchFileException justRemoved) {
      // Then it is none of the directory's.
    }
  }

  @Override
  public void markClosed(Path file) throws IOException {
    PosixFileAttributeView view = permissionsOf(file);
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.add(PosixFilePermission.OWNER_EXECUTE)) {
      view.setPermissions(permissions);
    }
  }

  @Override
  public void markOpen(Path file) throws IOException {
    PosixFileAttributeView view = permissionsOf(file);
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.remove(PosixFilePermission.OWNER_EXECUTE)) {
      view.setPermissions(permissions);
    }
  }

  private static PosixFileAttributeView permissionsOf(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
