package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scan directory again and again, and knows of the last reading what whoever watches it
 * needs. Thread-safe; one reading at a time.
 */
final class Readings {
  private final ScanDirectory directory;
  private volatile long nanos;
  private volatile Set<Path> elsewhere;
  private final AtomicReference<@Nullable Runnable> watcher = new AtomicReference<>();

  /** Readings of this directory, with this result so far. */
  Readings(ScanDirectory directory, ScanResult last) {
    this.directory = directory;
    this.elsewhere = last.elsewhere();
  }

  /** The directory. */
  Path path() {
    return directory.path();
  }

  /** What is on disk now. */
  ScanResult read() throws ScanFailedException {
    long begin = System.nanoTime();
    ScanResult found = directory.read();
    nanos = System.nanoTime() - begin;
    boolean isOther = !found.elsewhere().equals(elsewhere);
    elsewhere = found.elsewhere();
    if (isOther) {
      Optional.ofNullable(watcher.get()).ifPresent(Runnable::run);
    }
    return found;
  }

  /** From now on this one is told when other files elsewhere were read than the time before. */
  void tell(Runnable replacement) {
    watcher.set(replacement);
  }

  /** Not this one any more, if it still is. */
  void tellNoMore(Runnable former) {
    watcher.compareAndSet(former, null);
  }

  /** Where changes are to be seen; see {@link ScanDirectory#watched}. */
  WatchList watched() throws IOException {
    return directory.watched(elsewhere);
  }

  /** The files elsewhere that the last reading has read, or looked for in vain. */
  Set<Path> elsewhere() {
    return elsewhere;
  }

  /** How long the last reading took. */
  long nanos() {
    return nanos;
  }
}
