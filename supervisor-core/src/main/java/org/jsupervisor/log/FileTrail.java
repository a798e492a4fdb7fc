package org.jsupervisor.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a log directory as one stream, across rotations.
 *
 * <p>The file that is being read stays open, so it is read to its end however it is renamed, and
 * also when it is removed. It is left only when a later file is there, since then its writer has
 * left it too; and what was written in between is read first. Rotated files are known by their
 * labels, because the inode of a removed file is soon that of another one; the open file is known
 * by its inode, which nothing else can have while it is open.
 *
 * <p>Not thread-safe.
 */
final class FileTrail implements AutoCloseable {
  /** What {@link #read} came to. */
  enum Progress {
    /** There are bytes. */
    BYTES,
    /** The next bytes come from another file, and may continue a line. */
    MOVED,
    /** The next bytes do not continue the line before. */
    BREAK,
    /** There is nothing more for now. */
    NOTHING
  }

  private final Path directory;

  /** Labels of files that are not to be read any more, of those that are there. */
  private final Set<String> done = new HashSet<>();

  private @Nullable OpenLogFile open;

  /** The label of the open file, as soon as it is known; empty before. */
  private String label = "";

  /** Whether a file was given up within its bytes. */
  private boolean damaged;

  /** What is to be told of a file that was given up before anything was read. */
  private @Nullable IOException untold;

  private long gaps;

  /** From the first file on. */
  FileTrail(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** How often the open file was gone at its end, so that later ones may be gone unread. */
  long gaps() {
    return gaps;
  }

  /** These files are not to be read, or not any more. */
  void skip(List<LogFileName> files) {
    files.stream().filter(LogFileName::isRotated).forEach(file -> done.add(file.label()));
  }

  /** A rotated file and what is before it are not to be read; the next read says why. */
  void giveUp(LogFileName file, IOException cause) {
    damaged = true;
    untold = unreadable(file, cause);
  }

  /** Goes on with this file, from where it is; it belongs to the trail from now on. */
  void goOnWith(OpenLogFile file) throws IOException {
    OpenLogFile before = open;
    open = file;
    label = file.name().isRotated() ? file.name().label() : "";
    if (before != null) {
      before.close();
    }
  }

  /**
   * Reads the next bytes.
   *
   * @throws IOException if a file or the directory cannot be read; a rotated file is skipped then
   */
  Progress read(ByteBuffer into) throws IOException {
    IOException first = untold;
    untold = null;
    if (first != null) {
      throw first;
    }
    OpenLogFile file = open;
    if (file != null) {
      if (readOn(file, into)) {
        return Progress.BYTES;
      }
      if (file.isTruncated()) {
        file.moveTo(0);
        return Progress.BREAK;
      }
      if (label.isEmpty() && isCurrent(file)) {
        return Progress.NOTHING;
      }
    }
    Optional<LogListing> listing = LogListing.of(directory);
    return listing.isPresent() ? moveOn(listing.get(), into) : Progress.NOTHING;
  }

  private boolean isCurrent(OpenLogFile file) throws IOException {
    return LogListing.keyOf(directory, LogFileName.CURRENT).equals(Optional.of(file.key()));
  }

  private boolean readOn(OpenLogFile file, ByteBuffer into) throws IOException {
    try {
      return file.read(into) > 0;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      if (file.name().isRotated()) {
        open = null;
        damaged = true;
        file.close();
      }
      throw unreadable(file.name(), e);
    }
  }

  private Progress moveOn(LogListing listing, ByteBuffer into) throws IOException {
    List<LogFileName> files = listing.files();
    done.retainAll(files.stream().map(LogFileName::label).collect(Collectors.toSet()));
    int at = indexOfOpen(listing);
    if (at < 0) {
      at = indexOfCompressed(files);
    }
    skip(files.subList(0, at + 1));
    for (LogFileName name : files.subList(at + 1, files.size())) {
      if (done.contains(name.label())) {
        continue;
      }
      Optional<OpenLogFile> next = openAsListed(name, listing);
      if (next.isPresent()) {
        boolean continues = at >= 0 && !files.get(at).endsLine();
        return moveTo(next.get(), into, at < 0 ? Left.GONE : continues ? Left.OPEN : Left.ENDED);
      }
      if (!name.isRotated() || !exists(name)) {
        // The listing is out of date; the next call makes a new one.
        return Progress.NOTHING;
      }
      // No regular file: whoever made it has no claim to be read.
      done.add(name.label());
    }
    return Progress.NOTHING;
  }

  /** In what state a file is left. */
  private enum Left {
    /** Its last line may go on in the next. */
    OPEN,
    /** Its last line is over. */
    ENDED,
    /** It is not there any more, and nobody knows what came between. */
    GONE
  }

  private Progress moveTo(OpenLogFile next, ByteBuffer into, Left left) throws IOException {
    OpenLogFile before = open;
    // A later file is there, so this is what was written last.
    if (before != null && readOn(before, into)) {
      next.close();
      return Progress.BYTES;
    }
    if (before != null && left == Left.GONE) {
      gaps++;
    }
    boolean isBreak = before == null ? damaged : left != Left.OPEN;
    damaged = false;
    goOnWith(next);
    return isBreak ? Progress.BREAK : Progress.MOVED;
  }

  /** Where the open file is now, by label or inode; -1 if it is not there. */
  private int indexOfOpen(LogListing listing) throws IOException {
    OpenLogFile file = open;
    if (file == null) {
      return -1;
    }
    Optional<Object> key = Optional.of(file.key());
    for (int i = listing.files().size() - 1; i >= 0; i--) {
      LogFileName name = listing.files().get(i);
      if (name.isRotated() && label.isEmpty() && !done.contains(name.label())) {
        label = LogListing.keyOf(directory, name).equals(key) ? name.label() : "";
      }
      if (name.isRotated() ? name.label().equals(label) : listing.keyOf(name).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Where the open file is if it was compressed and removed since it was {@code current}: one of
   * those that are not known has its bytes. Files before it may be unknown too, when a processor
   * took its time for them.
   */
  private int indexOfCompressed(List<LogFileName> files) throws IOException {
    OpenLogFile file = open;
    if (file == null || !label.isEmpty()) {
      return -1;
    }
    for (int i = 0; i < files.size() && files.get(i).isRotated(); i++) {
      LogFileName name = files.get(i);
      if (!done.contains(name.label()) && hasSameBytes(name, file)) {
        label = name.label();
        return i;
      }
    }
    return -1;
  }

  private boolean hasSameBytes(LogFileName name, OpenLogFile file) throws IOException {
    Optional<OpenLogFile> twin = openOrSkip(name);
    if (twin.isEmpty()) {
      return false;
    }
    try (OpenLogFile found = twin.get()) {
      return found.hasBytesOf(file);
    } catch (EOFException | ZipException damaged) {
      // It is told when it is read.
      return false;
    }
  }

  /** Empty if the file that was listed is not there any more, or no regular file. */
  private Optional<OpenLogFile> openAsListed(LogFileName name, LogListing listing)
      throws IOException {
    Optional<OpenLogFile> found = openOrSkip(name);
    if (found.isEmpty() || name.isRotated() || isStill(listing, name, found.get())) {
      return found;
    }
    found.get().close();
    return Optional.empty();
  }

  /**
   * The inode alone would not do: that of a file that was deleted since may be the one of a later
   * file with this name. But then there are other labels.
   */
  private boolean isStill(LogListing listing, LogFileName name, OpenLogFile file)
      throws IOException {
    return listing.keyOf(name).equals(Optional.of(file.key()))
        && LogListing.of(directory).equals(Optional.of(listing));
  }

  private Optional<OpenLogFile> openOrSkip(LogFileName name) throws IOException {
    try {
      return OpenLogFile.open(directory, name);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private boolean exists(LogFileName name) {
    return Files.exists(directory.resolve(name.text()), LinkOption.NOFOLLOW_LINKS);
  }

  /** A rotated file will not get better: what comes after it is read next. */
  private IOException unreadable(LogFileName name, IOException cause) {
    if (name.isRotated()) {
      done.add(name.label());
    }
    return new IOException(
        "log file '" + directory.resolve(name.text()) + "': cannot be read: " + cause, cause);
  }

  @Override
  public void close() throws IOException {
    OpenLogFile closing = open;
    open = null;
    if (closing != null) {
      closing.close();
    }
  }
}
