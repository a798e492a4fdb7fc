package org.jsupervisor.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.spec.LogSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The old files of a locked log directory. Names are strictly increasing, also when the wall clock
 * jumps back, and over all that is there whoever has written it.
 *
 * <p>Read once, when the directory is opened; the lock makes sure that nobody else adds any. Thread
 * safe: the writer adds and deletes, work in the background changes names.
 */
final class OldFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OldFiles.class);

  /** What s6-log and multilog leave if they die while a program processes an old file. */
  private static final String PREVIOUS = "previous";

  private record Old(OldName name, long bytes) {}

  private final Path directory;
  private final FileOperations files;

  /** Guards what follows, and is held while a name is changed, so that both are one. */
  private final ReentrantLock guard = new ReentrantLock();

  /** In the order of their labels. */
  private final List<Old> olds = new ArrayList<>();

  private @Nullable Tai64n newest;

  /** Volatile, so that nobody has to wait for the guard to read it; written with the guard held. */
  private volatile Totals totals = new Totals(0, 0);

  /** How many there are, and how big they are together. */
  record Totals(int files, long bytes) {}

  private OldFiles(Path directory, FileOperations files) {
    this.directory = directory;
    this.files = files;
  }

  /** Those that are there; what a crash has left half done is done or undone. */
  static OldFiles load(Path directory, FileOperations files, Instant now) throws IOException {
    OldFiles loaded = new OldFiles(directory, files);
    List<Old> found = new ArrayList<>();
    long previousBytes = -1;
    for (FileOperations.Entry entry : files.list(directory)) {
      OldName.parse(entry.name()).ifPresent(name -> found.add(new Old(name, entry.bytes())));
      if (entry.name().equals(PREVIOUS)) {
        previousBytes = entry.bytes();
      }
    }
    found.sort(
        Comparator.comparing((Old old) -> old.name().label())
            .thenComparing(old -> old.name().state()));
    for (int i = 0; i < found.size(); i++) {
      boolean isLast =
          i + 1 == found.size()
              || !found.get(i + 1).name().label().equals(found.get(i).name().label());
      loaded.take(found.get(i), isLast);
    }
    if (previousBytes >= 0) {
      loaded.adopt(now, previousBytes);
    }
    loaded.count();
    return loaded;
  }

  private void take(Old old, boolean isLast) throws IOException {
    newest = old.name().label();
    if (old.name().state() == OldName.State.TEMPORARY || !isLast) {
      files.delete(path(old.name()));
    } else {
      olds.add(old);
    }
  }

  /** It is newer than all that have a label, and older than current. */
  private void adopt(Instant now, long bytes) throws IOException {
    OldName name = next(now);
    files.rename(directory.resolve(PREVIOUS), path(name));
    add(name, bytes);
  }

  Path path(OldName name) {
    return directory.resolve(name.toString());
  }

  /** Any thread; waits for nobody. */
  Totals totals() {
    return totals;
  }

  private void count() {
    totals = new Totals(olds.size(), olds.stream().mapToLong(Old::bytes).sum());
  }

  /** When the newest was rotated. */
  Optional<Instant> newest() {
    return Optional.ofNullable(newest).map(Tai64n::instant);
  }

  /**
   * Whether the last line of the newest one goes on in the next file, as far as readers know: the
   * host may have died before it had made that. A damaged file ends with its last line.
   */
  boolean endInLine() {
    guard.lock();
    try {
      if (olds.isEmpty()) {
        return false;
      }
      OldName last = olds.get(olds.size() - 1).name();
      return switch (last.state()) {
        case TEMPORARY, UNSAFE, UNSAFE_COMPRESSED -> false;
        case SAFE -> FileEnd.isInLine(files, path(last));
        case SAFE_COMPRESSED -> FileEnd.isInLineUnpacked(files, path(last));
      };
    } catch (IOException e) {
      LOG.warn(
          "log directory '{}': how its last file ends is not known: {}", directory, e.toString());
      return false;
    } finally {
      guard.unlock();
    }
  }

  /** A name that no file has, in any state, and that sorts behind all others. */
  OldName next(Instant now) {
    Tai64n label = new Tai64n(now);
    if (newest != null && label.compareTo(newest) <= 0) {
      label = newest.next();
    }
    while (isTaken(label)) {
      label = label.next();
    }
    newest = label;
    return new OldName(label, OldName.State.UNSAFE);
  }

  /** Also by what is no log file: nothing is ever written over. */
  private boolean isTaken(Tai64n label) {
    for (OldName.State state : OldName.State.values()) {
      if (files.isThere(path(new OldName(label, state)))) {
        return true;
      }
    }
    return false;
  }

  /** One more, which has its name already. */
  void add(OldName name, long bytes) {
    guard.lock();
    try {
      olds.add(new Old(name, bytes));
      count();
    } finally {
      guard.unlock();
    }
  }

  /** The oldest that is such a one. */
  Optional<OldName> oldest(Predicate<OldName> wanted) {
    guard.lock();
    try {
      return olds.stream().map(Old::name).filter(wanted).findFirst();
    } finally {
      guard.unlock();
    }
  }

  /** It has been synced; nothing happens if it was deleted meanwhile. */
  void markSafe(OldName name) throws IOException {
    guard.lock();
    try {
      int index = indexOf(name);
      if (index >= 0) {
        OldName safe = name.in(OldName.State.SAFE);
        files.rename(path(name), path(safe));
        olds.set(index, new Old(safe, olds.get(index).bytes()));
      }
    } finally {
      guard.unlock();
    }
  }

  /**
   * What is under the temporary name takes its place. At each moment the whole content is there,
   * and if under two names, both with this label.
   */
  void replace(OldName name, OldName.State state, long bytes) throws IOException {
    guard.lock();
    try {
      int index = indexOf(name);
      Path temporary = path(name.in(OldName.State.TEMPORARY));
      if (index < 0) {
        files.delete(temporary);
        return;
      }
      OldName replaced = name.in(state);
      files.rename(temporary, path(replaced));
      olds.set(index, new Old(replaced, bytes));
      count();
      files.syncDirectory(directory);
      files.delete(path(name));
    } finally {
      guard.unlock();
    }
  }

  private int indexOf(OldName name) {
    for (int i = olds.size() - 1; i >= 0; i--) {
      if (olds.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Deletes the oldest beyond the limits. What cannot be deleted is tried again the next time. */
  void prune(LogSpec limits) {
    guard.lock();
    try {
      long bytes = olds.stream().mapToLong(Old::bytes).sum();
      while (olds.size() > limits.oldFilesMax()
          || bytes > limits.oldBytesMax().orElse(Long.MAX_VALUE)) {
        Old oldest = olds.get(0);
        files.delete(path(oldest.name()));
        olds.remove(0);
        bytes -= oldest.bytes();
      }
    } catch (IOException e) {
      // No reason to lose output.
      LOG.warn("log directory '{}': old files stay: {}", directory, e.toString());
    } finally {
      count();
      guard.unlock();
    }
  }
}
