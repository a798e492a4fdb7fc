package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open file {@code current} of a locked log directory. Knows files and errors, but nothing of
 * lines.
 *
 * <p>A write happens wholly or not at all: when it fails, what it had written is cut off again. Not
 * thread-safe; one {@link LogDirectory} owns it, and closes it after any error.
 */
final class CurrentFile implements AutoCloseable {
  /** The name of the file that is written. */
  static final String NAME = "current";

  private static final Logger LOG = LoggerFactory.getLogger(CurrentFile.class);
  private static final String DIRECTORY_MODE = "rwxr-x---";
  private static final String FILE_MODE = "rw-r-----";

  private final Path path;
  private final RotatedFiles rotated;
  private final FileOpener opener;
  private final DirectoryLock lock;
  private FileChannel channel;
  private Object fileKey;
  private long size;

  private CurrentFile(Path directory, FileOpener opener, DirectoryLock lock) throws IOException {
    this.path = directory.resolve(NAME);
    this.rotated = new RotatedFiles(directory);
    this.opener = opener;
    this.lock = lock;
    this.channel = opener.open(path);
    this.size = channel.size();
    this.fileKey = keyOf(path);
  }

  /** Makes the directory if it is missing, locks it, and goes on with the file that is there. */
  static CurrentFile open(Path directory, FileOpener opener) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DIRECTORY_MODE)));
    }
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      return new CurrentFile(directory, opener, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** The opener for real files. */
  static FileChannel append(Path file) throws IOException {
    DirectoryLock.refuseSpecialFile(file);
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE)));
  }

  long size() {
    return size;
  }

  /** Whether the file ends in the middle of a line. */
  boolean endsInLine() throws IOException {
    if (size == 0) {
      return false;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    try (FileChannel reader =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      reader.read(last, size - 1);
    }
    return last.get(0) != '\n';
  }

  /** Whether the path still leads to the open file: somebody may have removed or renamed it. */
  boolean isInPlace() throws IOException {
    try {
      return fileKey.equals(keyOf(path));
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Appends all of the bytes, or none and throws. */
  void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
    size += length;
  }

  private void cutBack(IOException cause) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Gives the file its final name, opens a new one, and deletes the oldest beyond the limit. */
  void rotate(Instant now, int oldFilesMax) throws IOException {
    Path target = rotated.next(now, isSynced() ? RotatedFiles.SAFE : RotatedFiles.UNSAFE);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    channel.close();
    channel = opener.open(path);
    size = channel.size();
    fileKey = keyOf(path);
    try {
      rotated.prune(oldFilesMax);
    } catch (IOException e) {
      // No reason to lose output; the next rotation tries again.
      LOG.warn("log directory '{}': old files stay: {}", path.getParent(), e.toString());
    }
  }

  private boolean isSynced() {
    try {
      channel.force(false);
      return true;
    } catch (IOException e) {
      LOG.warn("log file '{}': not synced, named unsafe: {}", path, e.toString());
      return false;
    }
  }

  private static Object keyOf(Path path) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return Objects.requireNonNull(attributes.fileKey(), "a POSIX file has an inode");
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
    }
  }
}
