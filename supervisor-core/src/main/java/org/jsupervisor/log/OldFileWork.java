package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jsupervisor.spec.LogProcessing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be done to the old files of one open directory, in the background: first they
 * are synced, then processed, one after the other.
 *
 * <p>Bounded: when {@value #UNSYNCED_MAX} files wait for their sync, the next one is synced by the
 * writer, who waits for it. Thread-safe.
 */
final class OldFileWork {
  /** How many files may be open until they are synced. */
  static final int UNSYNCED_MAX = 4;

  private static final Logger LOG = LoggerFactory.getLogger(OldFileWork.class);

  private record Unsynced(OldName name, FileChannel channel) {}

  private final Path directory;
  private final OldFiles olds;
  private final FileOperations files;
  private final Upkeep upkeep;

  /** Guards what follows; never held while the disk works. */
  private final ReentrantLock guard = new ReentrantLock();

  private final Condition rested = guard.newCondition();
  private final Deque<Unsynced> unsynced = new ArrayDeque<>();

  /** Those that could not be processed since the last rotation. */
  private final Set<OldName> failed = new HashSet<>();

  private Optional<Processor> processor = Optional.empty();
  private boolean queued;
  private boolean busy;
  private volatile boolean closed;

  OldFileWork(OldFiles olds, Path directory, FileOperations files, Upkeep upkeep) {
    this.olds = olds;
    this.directory = directory;
    this.files = files;
    this.upkeep = upkeep;
  }

  /** From now on, and for the files that are there, this is done. */
  void process(LogProcessing processing) {
    guard.lock();
    try {
      processor = Processor.of(processing, directory);
      failed.clear();
    } finally {
      guard.unlock();
    }
    wake();
  }

  /** A file is to be synced; its channel is closed then. */
  void sync(OldName name, FileChannel channel) {
    boolean waits;
    guard.lock();
    try {
      failed.clear();
      waits = unsynced.size() < UNSYNCED_MAX;
      if (waits) {
        unsynced.add(new Unsynced(name, channel));
      }
    } finally {
      guard.unlock();
    }
    if (!waits) {
      syncNow(new Unsynced(name, channel));
    }
    wake();
  }

  /** A file is not to be synced, but perhaps processed. */
  void processOnly(FileChannel channel) throws IOException {
    guard.lock();
    try {
      failed.clear();
    } finally {
      guard.unlock();
    }
    wake();
    channel.close();
  }

  private void wake() {
    guard.lock();
    try {
      if (!claim()) {
        return;
      }
    } finally {
      guard.unlock();
    }
    hand();
  }

  /** If there is no thread for it, the next rotation tries again. */
  private void hand() {
    try {
      upkeep.run(this::work);
    } catch (RejectedExecutionException noThread) {
      LOG.warn("log directory '{}': old files wait: {}", directory, noThread.toString());
      guard.lock();
      try {
        queued = false;
        rested.signalAll();
      } finally {
        guard.unlock();
      }
    }
  }

  /** Whether there is something to do that nobody has taken on; then the caller has. */
  private boolean claim() {
    if (queued || busy || closed || (unsynced.isEmpty() && nextToProcess().isEmpty())) {
      return false;
    }
    queued = true;
    return true;
  }

  private Optional<OldName> nextToProcess() {
    return processor.flatMap(
        chosen -> olds.oldest(name -> chosen.isFor(name) && !failed.contains(name)));
  }

  /** Does all that is to be done; runs once at a time. */
  private void work() {
    guard.lock();
    try {
      queued = false;
      if (closed || busy) {
        return;
      }
      busy = true;
    } finally {
      guard.unlock();
    }
    boolean more = true;
    boolean failedBadly = true;
    try {
      while (more && !closed) {
        more = step();
      }
      failedBadly = false;
    } finally {
      if (rest(failedBadly)) {
        hand();
      }
    }
  }

  /** Whether more came between the last look and now; after an error that is left for later. */
  private boolean rest(boolean failedBadly) {
    guard.lock();
    try {
      busy = false;
      rested.signalAll();
      return !failedBadly && claim();
    } finally {
      guard.unlock();
    }
  }

  /** Does one thing; false if there was nothing to do. */
  private boolean step() {
    Unsynced next;
    Optional<OldName> unprocessed;
    Optional<Processor> chosen;
    guard.lock();
    try {
      next = unsynced.poll();
      chosen = processor;
      unprocessed = next == null ? nextToProcess() : Optional.empty();
    } finally {
      guard.unlock();
    }
    if (next != null) {
      syncNow(next);
    } else if (unprocessed.isPresent()) {
      process(unprocessed.get(), chosen.orElseThrow());
    }
    return next != null || unprocessed.isPresent();
  }

  private void syncNow(Unsynced file) {
    try (FileChannel channel = file.channel()) {
      channel.force(false);
      if (!isCommanded()) {
        olds.markSafe(file.name());
      }
    } catch (IOException e) {
      LOG.warn("log file '{}': stays unsafe: {}", olds.path(file.name()), e.toString());
    }
  }

  /** Then unsafe means that it waits for the program. */
  private boolean isCommanded() {
    guard.lock();
    try {
      return processor.filter(CommandProcessor.class::isInstance).isPresent();
    } finally {
      guard.unlock();
    }
  }

  private void process(OldName name, Processor chosen) {
    Path temporary = olds.path(name.in(OldName.State.TEMPORARY));
    try {
      long bytes = processInto(temporary, name, chosen);
      if (bytes >= 0) {
        olds.replace(name, chosen.done(name), bytes);
      } else {
        files.delete(temporary);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("log file '{}': not processed: {}", olds.path(name), e.toString());
      putOff(name, temporary);
    }
  }

  private void putOff(OldName name, Path temporary) {
    guard.lock();
    try {
      failed.add(name);
    } finally {
      guard.unlock();
    }
    try {
      files.delete(temporary);
    } catch (IOException e) {
      LOG.warn("log file '{}': stays: {}", temporary, e.toString());
    }
  }

  /** The size of the result, or -1 if it was cancelled. */
  private long processInto(Path temporary, OldName name, Processor chosen) throws IOException {
    files.delete(temporary);
    try (FileChannel from = files.open(olds.path(name), StandardOpenOption.READ);
        FileChannel to =
            files.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (!chosen.process(from, to, () -> closed)) {
        return -1;
      }
      to.force(true);
      return to.size();
    }
  }

  /** Ends: what is being processed is given up, what is to be synced is synced. */
  void close() {
    Deque<Unsynced> left;
    guard.lock();
    try {
      closed = true;
      while (busy) {
        rested.awaitUninterruptibly();
      }
      left = new ArrayDeque<>(unsynced);
      unsynced.clear();
    } finally {
      guard.unlock();
    }
    left.forEach(this::syncNow);
  }

  /** For tests: waits until nothing is to be done. */
  boolean awaitRest(long nanosMax) throws InterruptedException {
    long left = nanosMax;
    guard.lock();
    try {
      while ((queued || busy) && left > 0) {
        left = rested.awaitNanos(left);
      }
      return !queued && !busy;
    } finally {
      guard.unlock();
    }
  }
}
