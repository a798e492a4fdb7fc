package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second writer out of a log directory, in this JVM or in another process; a crash releases
 * it.
 *
 * <p>POSIX takes a process's lock away when <em>any</em> of its descriptors of that file is closed.
 * So a second writer in one JVM must be refused before it has opened {@code lock}, or its closing
 * would unprotect the first. That is what {@code lock.jvm} is for: the JDK knows of every lock of
 * its JVM by channel, so that there a second writer meets an {@link OverlappingFileLockException}
 * whatever the kernel holds. Its closing then costs the first writer the kernel's lock of {@code
 * lock.jvm}, which nothing depends on. Other processes are kept out by {@code lock} alone.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = "lock";
  private static final String NAME_IN_JVM = "lock.jvm";

  private final FileChannel inJvm;
  private final FileChannel channel;

  private DirectoryLock(FileChannel inJvm, FileChannel channel) {
    this.inJvm = inJvm;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory, FileOperations files) throws IOException {
    FileChannel inJvm = locked(directory, NAME_IN_JVM, files);
    try {
      return new DirectoryLock(inJvm, locked(directory, NAME, files));
    } catch (IOException e) {
      inJvm.close();
      throw e;
    }
  }

  private static FileChannel locked(Path directory, String name, FileOperations files)
      throws IOException {
    FileChannel channel =
        files.open(directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(directory, "another process");
      }
      return channel;
    } catch (OverlappingFileLockException taken) {
      channel.close();
      throw inUse(directory, "this JVM");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException inUse(Path directory, String by) {
    return new IOException(
        "log directory '" + directory + "': must belong to one writer, is locked by " + by);
  }

  /** Releases the lock; the files stay, so that nobody locks one that is just being removed. */
  @Override
  public void close() throws IOException {
    try (inJvm) {
      channel.close();
    }
  }
}
