package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open file {@code current} of a locked log directory. Knows files and errors, not lines.
 *
 * <p>Confined to the one {@link LogDirectory} that owns it, but for {@link #syncInBackground} and
 * {@link #sizes}.
 */
final class CurrentFile implements AutoCloseable {
  /** The name of the file that is written. */
  static final String NAME = "current";

  private static final Logger LOG = LoggerFactory.getLogger(CurrentFile.class);

  private final Path path;
  private final FileOperations files;
  private final DirectoryLock lock;
  private final OldFiles olds;
  private final OldFileWork work;

  /** Null between a rotation and the opening of the next file, if that fails. */
  private volatile @Nullable FileChannel channel;

  private Object fileKey;
  private volatile long size; // for whoever asks for its sizes
  private Instant begun;

  /** Whether a write has failed, so that what is in the file has to be looked at. */
  private boolean suspect;

  /** Whether a sync has failed: then no later one makes the file safe. */
  private volatile boolean unsafe;

  private CurrentFile(Path directory, LogContext context, DirectoryLock lock) throws IOException {
    Instant now = context.clock().instant();
    this.path = directory.resolve(NAME);
    this.files = context.files();
    this.lock = lock;
    this.olds = OldFiles.load(directory, files, now);
    this.work = new OldFileWork(olds, directory, files, context.upkeep());
    FileChannel opened = append();
    try {
      this.channel = opened;
      this.size = opened.size();
      files.markOpen(path);
      this.fileKey = files.keyOf(path);
      this.begun = size == 0 ? now : olds.newest().orElse(files.madeAt(path));
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** Makes the directory if it is missing, locks it, and goes on with the file that is there. */
  static CurrentFile open(LogSpec spec, LogContext context) throws IOException {
    Path directory = spec.directory();
    context.files().makeDirectory(directory);
    DirectoryLock lock = DirectoryLock.take(directory, context.files());
    try {
      CurrentFile opened = new CurrentFile(directory, context, lock);
      opened.follow(spec);
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private FileChannel append() throws IOException {
    return files.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** From now on these limits hold, also for the old files that are there. */
  void follow(LogSpec spec) {
    olds.prune(spec);
    work.process(spec.processing());
  }

  long size() {
    return size;
  }

  /** Any thread; waits for nobody. */
  LogSizes sizes() {
    OldFiles.Totals old = olds.totals();
    return new LogSizes(size, old.files(), old.bytes());
  }

  /** When its first byte was written, as far as that is known. */
  Instant begun() {
    return begun;
  }

  /** Its first byte is about to be written. */
  void begin(Instant now) {
    begun = now;
  }

  /** Whether readers would take the next byte for a part of the last line. */
  boolean endsInLine() throws IOException {
    return size == 0 ? olds.endInLine() : FileEnd.isInLine(files, path);
  }

  /** Whether the path still leads to the open file: somebody may have removed or renamed it. */
  boolean isInPlace() throws IOException {
    try {
      return channel != null && fileKey.equals(files.keyOf(path));
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /**
   * After a failed write: opens the file anew, since its channel may be closed or broken for good,
   * and cuts off what the write left. False if there is another file in its place.
   */
  boolean recover() throws IOException {
    if (!suspect) {
      return true;
    }
    FileChannel broken = opened();
    FileChannel fresh = append();
    channel = fresh;
    broken.close();
    if (!fileKey.equals(files.keyOf(path)) || fresh.size() < size) {
      return false;
    }
    fresh.truncate(size);
    suspect = false;
    return true;
  }

  private FileChannel opened() throws IOException {
    FileChannel there = channel;
    if (there == null) {
      throw new IOException("log file '" + path + "': is not open");
    }
    return there;
  }

  /** Appends all of the bytes, or none and throws. */
  void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    long before = size;
    try {
      writeAll(bytes);
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
    size = before + length;
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    FileChannel there = opened();
    try {
      while (bytes.hasRemaining()) {
        there.write(bytes);
      }
    } catch (IOException e) {
      suspect = true;
      throw e;
    }
  }

  private void cutBack(IOException cause) {
    try {
      opened().truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Appends as many of the bytes as possible; when it throws, the position says how many. */
  void writeSome(ByteBuffer bytes) throws IOException {
    int begin = bytes.position();
    long before = size;
    try {
      writeAll(bytes);
    } finally {
      size = before + bytes.position() - begin;
    }
  }

  /**
   * Gives the file its final name, opens a new one, and deletes the oldest beyond the limits. A
   * file that ends in the middle of a line is synced at once: readers take it that the line of an
   * unsafe file is over.
   */
  void rotate(Instant now, LogSpec spec, OpenLine.State lastLine) throws IOException {
    FileChannel full = opened();
    boolean synced = lastLine == OpenLine.State.KEPT && isSynced(full, spec);
    OldName name = olds.next(now).in(synced ? OldName.State.SAFE : OldName.State.UNSAFE);
    files.rename(path, olds.path(name));
    channel = null;
    olds.add(name, size);
    if (synced || unsafe || spec.sync() instanceof LogSync.Never) {
      work.processOnly(full);
    } else {
      work.sync(name, full);
    }
    olds.prune(spec);
    FileChannel next = append();
    channel = next;
    size = next.size();
    fileKey = files.keyOf(path);
    begun = now;
    unsafe = false;
  }

  private boolean isSynced(FileChannel full, LogSpec spec) {
    if (unsafe
        || spec.sync() instanceof LogSync.Never
        || spec.processing() instanceof LogProcessing.ByCommand) {
      return false;
    }
    try {
      full.force(false);
      return true;
    } catch (IOException e) {
      unsafe = true;
      LOG.warn("log file '{}': not synced: {}", path, e.toString());
      return false;
    }
  }

  /** Brings what was written to the disk, or throws: then it is never known to be there. */
  void sync() throws IOException {
    try {
      opened().force(false);
    } catch (IOException e) {
      unsafe = true;
      throw e;
    }
  }

  /** As {@link #sync}; may be called by any thread. */
  void syncInBackground() {
    FileChannel there = channel;
    try {
      // If it was rotated or closed, that has synced it.
      if (there != null && there.isOpen()) {
        there.force(false);
      }
    } catch (IOException e) {
      if (there == channel) {
        unsafe = true;
        LOG.warn("log file '{}': not synced: {}", path, e.toString());
      }
    }
  }

  /** For tests: the work on its old files. */
  OldFileWork work() {
    return work;
  }

  /** Syncs the file, marks it as complete, and releases the lock. */
  void finish(LogSpec spec) throws IOException {
    try {
      if (isInPlace() && recover() && !(spec.sync() instanceof LogSync.Never)) {
        sync();
        if (!unsafe) {
          files.markClosed(path);
        }
      }
    } finally {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    work.close();
    try (lock) {
      FileChannel closing = channel;
      channel = null;
      if (closing != null) {
        closing.close();
      }
    }
  }
}
