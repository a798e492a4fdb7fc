package org.jsupervisor.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directories that tell when something changes in them. Confined to one thread, but for {@link
 * #wake} and {@link #close}.
 */
final class WatchedPlaces implements AutoCloseable {
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  private final WatchService service;
  private WatchList list = new WatchList();

  /** A directory by several names has one key: it belongs to the inode. */
  private Map<WatchKey, Set<Path>> directories = new HashMap<>();

  private final Object lock = new Object();
  private @Nullable Thread waiting;
  private boolean isWoken;

  WatchedPlaces(WatchService service) {
    this.service = service;
  }

  /**
   * Watches these directories from now on, and no others.
   *
   * @return whether one of them was not watched before: it may have changed unseen
   * @throws IOException if one of them cannot be watched, all others are; one that is not there is
   *     passed over
   */
  boolean watch(WatchList wanted) throws IOException {
    Map<WatchKey, Set<Path>> now = new HashMap<>();
    IOException refusal = null;
    for (Path directory : wanted.directories()) {
      try {
        register(directory)
            .ifPresent(key -> now.computeIfAbsent(key, any -> new HashSet<>()).add(directory));
      } catch (IOException e) {
        refusal = e;
      }
    }
    boolean isNew = !directories.keySet().containsAll(now.keySet());
    for (WatchKey before : directories.keySet()) {
      if (!now.containsKey(before)) {
        before.cancel();
      }
    }
    list = wanted;
    directories = now;
    if (refusal != null) {
      throw refusal;
    }
    return isNew;
  }

  private Optional<WatchKey> register(Path directory) throws IOException {
    try {
      return Optional.of(directory.register(service, KINDS));
    } catch (NoSuchFileException | NotDirectoryException gone) {
      // Its parent tells when it comes.
      return Optional.empty();
    }
  }

  /**
   * The next key that tells of something; waits for it.
   *
   * @param waitNanos how long at most; {@link Long#MAX_VALUE}: as long as it takes
   * @return null if there is none, or somebody has called {@link #wake}
   */
  @Nullable WatchKey poll(long waitNanos) throws InterruptedException {
    if (!beginsToWait()) {
      return null;
    }
    try {
      return waitNanos == Long.MAX_VALUE
          ? service.take()
          : service.poll(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      if (!wasWoken()) {
        throw e;
      }
      return null;
    } finally {
      endsToWait();
    }
  }

  private boolean beginsToWait() {
    synchronized (lock) {
      boolean waits = !isWoken;
      isWoken = false;
      waiting = waits ? Thread.currentThread() : null;
      return waits;
    }
  }

  private boolean wasWoken() {
    synchronized (lock) {
      return isWoken;
    }
  }

  private void endsToWait() {
    synchronized (lock) {
      waiting = null;
      if (isWoken) {
        isWoken = false;
        // It has come too late for the wait, and must not end what is done next.
        var unused = Thread.interrupted();
      }
    }
  }

  /**
   * Ends the wait that there is, or the next one. From any thread; a watch service cannot be woken
   * but by an interrupt, so it comes within the wait only.
   */
  void wake() {
    synchronized (lock) {
      isWoken = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  /** Whether what this key tells of matters. The key is ready for more afterwards. */
  boolean matters(WatchKey key) {
    Set<Path> places = directories.getOrDefault(key, Set.of());
    boolean matters = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      String name = String.valueOf(event.context());
      matters |=
          event.kind() == StandardWatchEventKinds.OVERFLOW
              || places.stream().anyMatch(place -> list.matters(place, name));
    }
    // One that is not valid any more stands for a directory that is gone.
    return !key.reset() || matters;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a watch cannot be closed", e);
    }
  }
}
