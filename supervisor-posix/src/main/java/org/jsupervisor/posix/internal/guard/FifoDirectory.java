package org.jsupervisor.posix.internal.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the output of children that survive their host goes through: a FIFO each, which has a name,
 * so that the guard can read it when the host is gone. Made at the first FIFO, only for its owner,
 * removed at the end: by us, or by the guard.
 *
 * <p>Confined to the spawner's thread, but for {@link #remove} and {@link #close}.
 */
public final class FifoDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FifoDirectory.class);
  private static final String SUFFIX = ".fifo";
  // Sticky: the sign for what sweeps old files that this one is in use, by the XDG base directory
  // specification; systemd-tmpfiles heeds it everywhere.
  private static final int OWNER_ONLY_AND_STICKY = 01600;

  private final Libc libc;
  private final Path path;
  private volatile boolean made;
  private long lastNumber;

  /** A FIFO and its two ends. */
  public record Fifo(Path path, PipeEnds ends) {}

  /** A directory of a name of its own, not made yet. */
  public FifoDirectory(Libc libc, Path parent) {
    this.libc = libc;
    String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    path = parent.toAbsolutePath().resolve("jsupervisor-" + name);
  }

  /** Where it is, or would be. */
  public Path path() {
    return path;
  }

  /**
   * A new FIFO. The child's end is for reading, too: then it never writes to nobody, which would
   * kill it, and yet our end sees the end when the child's is closed.
   */
  public Fifo open() throws SyscallException {
    make();
    lastNumber++;
    Path name = path.resolve(lastNumber + SUFFIX);
    CString text = CString.of(name.toString());
    int readEnd = -1;
    try {
      Libc.orThrow(libc.files().makeFifo(text, OWNER_ONLY_AND_STICKY), "mkfifo", "FIFO");
      readEnd = Libc.orThrow(libc.files().openToRead(text), "open", "FIFO");
      int both = Libc.orThrow(libc.files().openToReadAndWrite(text), "open", "FIFO");
      return new Fifo(name, new PipeEnds(readEnd, both));
    } catch (SyscallException e) {
      if (readEnd >= 0) {
        libc.close(readEnd);
      }
      remove(name);
      throw new SyscallException("mkfifo", e.errno(), name.toString());
    }
  }

  private void make() throws SyscallException {
    if (made) {
      return;
    }
    try {
      var ownerOnly = PosixFilePermissions.fromString("rwx------");
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
      made = true;
    } catch (IOException e) {
      throw new SyscallException("mkdir", Errno.EACCES, "runtime directory: " + e);
    }
  }

  /** Nobody needs its name any more; any thread. */
  public void remove(Path fifo) {
    try {
      Files.deleteIfExists(fifo);
    } catch (IOException e) {
      LOG.warn("a FIFO cannot be removed: {}", e.toString());
    }
  }

  /** Removes everything. */
  @Override
  public void close() {
    if (!made) {
      return;
    }
    try (Stream<Path> rest = Files.list(path)) {
      rest.forEach(this::remove);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("the runtime directory cannot be removed: {}", e.toString());
    }
  }
}
