package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second writer out of a log directory, in this JVM or in another process; a crash releases
 * it.
 *
 * <p>POSIX takes a process's lock away when <em>any</em> of its descriptors of that file is closed.
 * So when the lock is refused within one JVM, the winner is no longer protected against other
 * processes: two children of one JVM in one directory are an error to be mended, not a state to run
 * in.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = "lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    refuseSpecialFile(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() == null) {
        throw inUse(directory, "another process");
      }
      return new DirectoryLock(channel);
    } catch (OverlappingFileLockException taken) {
      channel.close();
      throw inUse(directory, "this JVM");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Opening a FIFO would block until somebody reads it. */
  static void refuseSpecialFile(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("log file '" + file + "': must be a regular file");
    }
  }

  private static IOException inUse(Path directory, String by) {
    return new IOException(
        "log directory '" + directory + "': must belong to one writer, is locked by " + by);
  }

  /** Releases the lock; the file stays, so that nobody locks one that is just being removed. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
