package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds where the last lines of a directory begin: blocks are read from the end backwards; of a
 * compressed file the ends of its last lines are remembered instead. Used once.
 */
final class LastLines {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int TRIES_MAX = 20;

  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
  private final Path directory;
  private final int linesMax;

  /** How many ends of lines are still to be passed; known when the last byte of all is. */
  private int missing = -1;

  private LastLines(Path directory, int linesMax) {
    this.directory = directory;
    this.linesMax = linesMax;
  }

  /**
   * A trail from the beginning of the last lines on. An unfinished line at the end is one of them;
   * if none is wanted, it is the first that the trail has.
   */
  static FileTrail trailOfLast(Path directory, int linesMax) throws IOException {
    for (int i = 1; ; i++) {
      FileTrail trail = new FileTrail(directory);
      try {
        // A file that is renamed during the search is found later, and read from its beginning.
        if (new LastLines(directory, linesMax).isPlaced(trail) || i == TRIES_MAX) {
          return trail;
        }
      } catch (IOException | RuntimeException e) {
        trail.close();
        throw e;
      }
      trail.close();
    }
  }

  /** Whether all files were there that the search has begun with, and no others. */
  private boolean isPlaced(FileTrail trail) throws IOException {
    LogListing listing = LogListing.settled(directory);
    place(trail, listing.files());
    return LogListing.of(directory).equals(Optional.of(listing));
  }

  private void place(FileTrail trail, List<LogFileName> files) throws IOException {
    for (int i = files.size() - 1; i >= 0; i--) {
      LogFileName name = files.get(i);
      boolean isFound;
      try {
        isFound = isFoundIn(name, trail);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        if (!name.isRotated()) {
          throw e;
        }
        // It will not get better: the lines begin behind it.
        trail.skip(files.subList(0, i));
        trail.giveUp(name, e);
        return;
      }
      if (isFound) {
        trail.skip(files.subList(0, i));
        return;
      }
    }
  }

  /** Whether the lines begin in this file; then the trail goes on there. */
  private boolean isFoundIn(LogFileName name, FileTrail trail) throws IOException {
    Optional<OpenLogFile> opened = OpenLogFile.open(directory, name);
    if (opened.isEmpty()) {
      // Renamed or deleted meanwhile.
      return false;
    }
    OpenLogFile file = opened.get();
    long offset;
    try {
      offset = offsetIn(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    if (offset < 0) {
      file.close();
      return false;
    }
    goOn(trail, file, offset);
    return true;
  }

  private void goOn(FileTrail trail, OpenLogFile file, long offset) throws IOException {
    OpenLogFile wanted = file;
    if (file.isCompressed()) {
      // What was unpacked cannot be packed again.
      file.close();
      Optional<OpenLogFile> again = OpenLogFile.open(directory, file.name());
      if (again.isEmpty()) {
        trail.skip(List.of(file.name()));
        return;
      }
      wanted = again.get();
    }
    try {
      wanted.moveTo(offset);
    } catch (IOException e) {
      wanted.close();
      throw e;
    }
    trail.goOnWith(wanted);
  }

  /** Where the first of the lines begins; -1 if in an older file. */
  private long offsetIn(OpenLogFile file) throws IOException {
    return file.isCompressed() ? forwards(file) : backwards(file);
  }

  private long backwards(OpenLogFile file) throws IOException {
    long end = file.size();
    for (long blockEnd = end; blockEnd > 0; ) {
      long start = Math.max(0, blockEnd - BLOCK_BYTES);
      int length = readBlock(file, start, (int) (blockEnd - start));
      if (blockEnd == end && length > 0 && passesEnd(file, block.get(length - 1))) {
        return end;
      }
      byte[] bytes = block.array();
      for (int i = length - 1; i >= 0; i--) {
        if (bytes[i] == '\n' && passes()) {
          return start + i + 1;
        }
      }
      blockEnd = start;
    }
    return -1;
  }

  private int readBlock(OpenLogFile file, long start, int length) throws IOException {
    file.moveTo(start);
    block.clear().limit(length);
    while (block.hasRemaining() && file.read(block) > 0) {}
    return block.position();
  }

  private long forwards(OpenLogFile file) throws IOException {
    LineEnds ends = new LineEnds(linesMax + 1);
    byte last = '\n';
    long at = 0;
    while (file.read(block.clear()) > 0) {
      for (int i = 0; i < block.position(); i++) {
        if (block.get(i) == '\n') {
          ends.add(at + i + 1);
        }
      }
      last = block.get(block.position() - 1);
      at += block.position();
    }
    if (at > 0 && passesEnd(file, last)) {
      return at;
    }
    while (!ends.isEmpty()) {
      long end = ends.takeLast();
      if (passes()) {
        return end;
      }
    }
    return -1;
  }

  /** Whether the lines begin after the file, whose last byte is this. */
  private boolean passesEnd(OpenLogFile file, byte last) {
    boolean endsHere = last != '\n' && file.name().endsLine();
    if (missing < 0) {
      missing = last == '\n' || endsHere ? linesMax + 1 : Math.max(linesMax, 1);
    }
    return endsHere && passes();
  }

  /** Whether that was the end of the line before the first one. */
  private boolean passes() {
    missing--;
    return missing == 0;
  }
}
